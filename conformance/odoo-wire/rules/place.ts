import type { Group, Step, Version } from '../recording.ts'

/** Where a step stands. */
export type Place = { readonly version: Version; readonly group: Group; readonly step: Step }

/**
 * Whether the step is among the cases named: `group/case` for all steps of a case, `group/case[2]` for one, with
 * `18:` in front where it is about one version.
 */
export function isAmong(cases: readonly string[], { version, group, step }: Place): boolean {
  const name = `${group}/${step.case}`
  const number = /-(\d+)$/.exec(step.id)?.[1]
  const names = [name, `${name}[${number ?? 1}]`]
  return names.some((one) => cases.includes(one) || cases.includes(`${version}:${one}`))
}
