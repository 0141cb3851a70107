import { cpus } from 'node:os'

/** One measured thing beside its target. */
export type Row = {
  readonly what: string
  readonly target: string
  readonly measured: string
  readonly met: boolean
}

/** The report: figures of one run on one machine; only ratios within the run mean anything elsewhere. */
export function renderReport(rows: readonly Row[]): string {
  const machine = `Node.js ${process.version}, ${cpus().length} cores`
  return `# Results of the last run

Made by \`npm run bench\` (${machine}). The machine is noisy: ratios within one run mean something, single figures little.

| what | target | measured | met |
|---|---|---|---|
${rows.map((row) => `| ${row.what} | ${row.target} | ${row.measured} | ${row.met ? 'yes' : '**no**'} |`).join('\n')}
`
}
