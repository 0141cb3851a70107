import { readFileSync } from 'node:fs'
import type { OdooVersion } from '../version/odoo-version.ts'

/** A window action, as real servers show it to the web client. */
export type WindowAction = Readonly<Record<string, unknown>> & {
  readonly id: number
  readonly xml_id: string
  /** Its short address in 18 and later. */
  readonly path?: string | false
}

const read = new Map<OdooVersion, readonly WindowAction[]>()

/** The window actions of a version, for the models that the sandbox has. Read once. */
export function windowActions(version: OdooVersion): readonly WindowAction[] {
  const known = read.get(version)
  if (known !== undefined) return known
  const text = readFileSync(new URL(`../data/actions/actions-${version}.jsonl`, import.meta.url), 'utf8')
  const actions = text
    .trimEnd()
    .split('\n')
    .map((line): WindowAction => JSON.parse(line))
  read.set(version, actions)
  return actions
}
