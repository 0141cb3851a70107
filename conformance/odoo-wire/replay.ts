import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type GroupResult, replayGroups } from './replay/replay-group.ts'
import { presentDifferences, presentTable } from './replay/report.ts'
import { targetFrom } from './replay/target.ts'
import { SANDBOX_ROWS } from './replay/thresholds.ts'

/**
 * Replays the recordings and prints what was not alike and the table. `--case <regular expression>` takes some of them,
 * by `group/case`; `--odoo <version>` one version; `--write <file>` writes the differences too, a JSON object a line.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { case: { type: 'string', default: '' }, odoo: { type: 'string' }, write: { type: 'string' } },
  })
  const pattern = new RegExp(values.case)
  const target = targetFrom(process.env)
  const results: GroupResult[] = []
  for (const version of target.versions.filter((known) => values.odoo === undefined || values.odoo === String(known))) {
    const replay = target.withOdoo(version, (odoo) => replayGroups(odoo, version, (name) => pattern.test(name)))
    results.push(...(await replay))
  }
  const rowOf = ({ version, group }: GroupResult) =>
    target.kind === 'sandbox' && values.case === '' ? SANDBOX_ROWS[version][group] : undefined
  process.stdout.write(`${presentDifferences(results)}\n\n${presentTable(results, rowOf)}\n`)
  if (values.write !== undefined) writeFileSync(values.write, differencesOf(results))
}

function differencesOf(results: readonly GroupResult[]): string {
  const lines = results.flatMap(({ version, group, verdicts }) =>
    verdicts.flatMap(({ step, difference }) =>
      difference ? [`${JSON.stringify({ version, group, id: step.id, ...difference })}\n`] : [],
    ),
  )
  return lines.join('')
}

await main()
