import { readFileSync } from 'node:fs'
import type { OdooVersion } from '../version/odoo-version.ts'

/** A window action as a button starts from it. */
export type ButtonAction = Readonly<Record<string, unknown>> & {
  readonly xml_id: string
  /** Its context once it was read; `@active_id` stands for the record. */
  readonly evaluated: Readonly<Record<string, unknown>>
}

const read = new Map<OdooVersion, ReadonlyMap<string, ButtonAction>>()

/**
 * The window actions that buttons answer with, by external name: `data/actions/buttons-<version>.jsonl`. They carry the
 * help that is shown for an empty list, which the same actions do not when the web client loads them. Read once.
 */
export function buttonActions(version: OdooVersion): ReadonlyMap<string, ButtonAction> {
  const known = read.get(version)
  if (known !== undefined) return known
  const text = readFileSync(new URL(`../data/actions/buttons-${version}.jsonl`, import.meta.url), 'utf8')
  const actions = new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line): [string, ButtonAction] => {
        // The file is part of the program.
        const action = JSON.parse(line) as ButtonAction
        return [action.xml_id, action]
      }),
  )
  read.set(version, actions)
  return actions
}
