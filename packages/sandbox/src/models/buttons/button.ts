import type { Method, MethodCall, Values } from '../../engine/contract.ts'
import type { Life } from '../../engine/in-release.ts'
import { missingError } from '../../fault/odoo-fault.ts'
import { idsToChange, noSingleton } from '../../orm/record-ids.ts'
import { buttonActions } from '../../schema/read-button-actions.ts'

/** A method without arguments that works on one record and answers an action. */
export function button(name: string, run: (call: MethodCall, id: number) => unknown, life: Life = {}): Method {
  return { name, on: 'records', params: [], ...life, run: (call) => run(call, oneOf(call)) }
}

/** The record that a button is pressed on; `0` for none, several are Python's complaint. */
function oneOf(call: MethodCall): number {
  const [id = 0, ...more] = idsToChange(call)
  if (more.length > 0) throw noSingleton(call.model, [id, ...more])
  return id
}

/** Values of the record that a button looks at; one that is not there is told as missing, none has no values. */
export function pressedOn({ orm, model }: MethodCall, id: number, fields: readonly string[]): Values {
  const record = orm.values(model.name, [id], fields).get(id)
  if (record === undefined && id !== 0) throw missingError(model.name, [id], orm.uid)
  return record ?? Object.fromEntries(fields.map((name) => [name, false]))
}

/** A window action of the installation, with what the button changes about it. */
export function windowAction({ orm }: MethodCall, xmlid: string, changes: Values = {}): Record<string, unknown> {
  const found = buttonActions(orm.engine.version.version).get(xmlid)
  if (found === undefined) throw new TypeError(`The sandbox has no action ${xmlid}`)
  const { evaluated: _evaluated, ...action } = found
  return { ...action, ...changes }
}

/** The context of such an action, read for a record. */
export function contextOf({ orm }: MethodCall, xmlid: string, id: number): Record<string, unknown> {
  const context = buttonActions(orm.engine.version.version).get(xmlid)?.evaluated ?? {}
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, value === '@active_id' ? id || false : value]),
  )
}

/** A window on one record. */
export function formOf(model: string, id: number, more: Values = {}): Record<string, unknown> {
  return { type: 'ir.actions.act_window', res_model: model, view_mode: 'form', res_id: id || false, ...more }
}
