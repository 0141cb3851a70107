import { knownCause } from './known-differences.ts'
import type { GroupResult } from './replay-group.ts'
import type { Row } from './thresholds.ts'

/** How many answers of a group were alike. */
export function countAlike({ verdicts }: GroupResult): number {
  return verdicts.filter(({ difference }) => difference === undefined).length
}

/** The share of answers that were alike, in percent. */
export function percentAlike(results: readonly GroupResult[]): number {
  const all = results.reduce((sum, { verdicts }) => sum + verdicts.length, 0)
  return all === 0 ? 0 : (100 * results.reduce((sum, result) => sum + countAlike(result), 0)) / all
}

/** A line for each group, with its row where there is one: what must hold today, and the goal. */
export function presentTable(results: readonly GroupResult[], rowOf: (result: GroupResult) => Row | undefined): string {
  const lines = results.map((result) => {
    const alike = countAlike(result)
    const { atLeast = '', goalPercent = '' } = rowOf(result) ?? {}
    const not = result.verdicts.length - alike
    return [result.version, result.group, alike, not, percentAlike([result]).toFixed(1), atLeast, goalPercent]
  })
  const total = results.reduce((sum, result) => sum + countAlike(result), 0)
  const all = results.reduce((sum, { verdicts }) => sum + verdicts.length, 0)
  const foot = ['', 'all', total, all - total, percentAlike(results).toFixed(1), '', '']
  return aligned([['odoo', 'group', 'alike', 'not', 'percent', 'at least', 'goal %'], ...lines, foot])
}

/** A line for each answer that was not alike: where, what was expected and what came, and why if that is known. */
export function presentDifferences(results: readonly GroupResult[]): string {
  const lines = results.flatMap(({ version, group, verdicts }) =>
    verdicts.flatMap(({ step, difference }) => {
      if (!difference) return []
      const cause = knownCause({ version, group, step })
      const { path, expected, actual } = difference
      return `${version} ${group}/${step.id}: ${path}: ${expected} ≠ ${actual}${cause ? ` [${cause}]` : ''}`
    }),
  )
  return lines.join('\n')
}

function aligned(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => String(row[at] ?? '').length)))
  const cell = (value: string | number, at: number) =>
    at < 2 ? String(value).padEnd(widths[at] ?? 0) : String(value).padStart(widths[at] ?? 0)
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}
