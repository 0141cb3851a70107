import { type Case, GROUPS, type Group, readCases, type Version } from '../recording.ts'
import type { Odoo } from '../stage/odoo-client.ts'
import { openStage } from '../stage/stage.ts'
import { openSweep } from '../stage/sweep.ts'
import { replayCase, type Verdict } from './replay-case.ts'

/** How the cases of a group went on the Odoo of a version. */
export type GroupResult = { readonly version: Version; readonly group: Group; readonly verdicts: readonly Verdict[] }

/** Which cases are replayed, by `group/case`. */
export type Wanted = (name: string) => boolean

/** Replays all groups of a version, one after the other. Groups in which nothing is wanted are left out. */
export async function replayGroups(odoo: Odoo, version: Version, wanted: Wanted): Promise<readonly GroupResult[]> {
  const results: GroupResult[] = []
  for (const group of GROUPS) {
    const cases = readCases(version, group).filter(({ name }) => wanted(`${group}/${name}`))
    if (cases.length > 0) results.push({ version, group, verdicts: await replayGroup(odoo, version, cases) })
  }
  return results
}

/** Replays cases with sessions of their own, and removes the records that they made. */
async function replayGroup(odoo: Odoo, version: Version, cases: readonly Case[]): Promise<readonly Verdict[]> {
  const stage = openStage(odoo, version)
  const sweep = await openSweep(stage)
  const verdicts: Verdict[] = []
  for (const ofCase of cases) verdicts.push(...(await replayCase(stage, ofCase)))
  await sweep()
  return verdicts
}
