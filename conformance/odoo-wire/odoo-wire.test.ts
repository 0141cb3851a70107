import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canStartGateways } from '../harness/target.ts'
import { GROUPS } from './recording.ts'
import { type GroupResult, replayGroups } from './replay/replay-group.ts'
import { countAlike, percentAlike, presentDifferences, presentTable } from './replay/report.ts'
import { targetFrom } from './replay/target.ts'
import { REAL_PERCENT, SANDBOX_ROWS } from './replay/thresholds.ts'

const target = targetFrom(process.env)
const isSandbox = target.kind === 'sandbox'

/** Longest replay of all versions, in milliseconds. A real server takes seconds over a password. */
const REPLAY_LIMIT_MS = 300_000

const results: GroupResult[] = []

// skip: a gateway was given, so that none can be started for its sandbox, and no Odoo is named by ODOO_WIRE_URL.
describe.skipIf(isSandbox && !canStartGateways)('the recorded answers of real servers', () => {
  beforeAll(async () => {
    for (const version of target.versions) {
      results.push(...(await target.withOdoo(version, (odoo) => replayGroups(odoo, version, () => true))))
    }
  }, REPLAY_LIMIT_MS)

  afterAll(() => {
    const list = isSandbox ? '' : `${presentDifferences(results)}\n\n`
    const table = presentTable(results, ({ version, group }) => (isSandbox ? SANDBOX_ROWS[version][group] : undefined))
    process.stdout.write(`\n${list}${table}\n`)
  })

  const rows = target.versions.flatMap((version) => GROUPS.map((group) => [version, group] as const))
  test.each(isSandbox ? rows : [])('odoo %i, %s: no fewer are those of the sandbox than before', (version, group) => {
    const ofGroup = results.filter((result) => result.version === version && result.group === group)
    const alike = ofGroup.reduce((sum, result) => sum + countAlike(result), 0)
    expect(alike, presentDifferences(ofGroup)).toBeGreaterThanOrEqual(SANDBOX_ROWS[version][group].atLeast)
  })

  test.each(isSandbox ? [] : target.versions)('odoo %i: nearly all are those of a given server', (version) => {
    const ofVersion = results.filter((result) => result.version === version)
    expect(percentAlike(ofVersion), presentDifferences(ofVersion)).toBeGreaterThanOrEqual(REAL_PERCENT)
  })
})
