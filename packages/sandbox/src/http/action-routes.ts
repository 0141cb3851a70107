import { OdooFault, typeError } from '../fault/odoo-fault.ts'
import { type WindowAction, windowActions } from '../schema/read-actions.ts'
import { pythonRepr, pythonType } from '../value/python-text.ts'
import type { Answer } from './answer.ts'
import { resultAnswer } from './json-rpc.ts'
import type { JsonExchange, Route } from './route.ts'

/** Actions that the web client opens, by id or name (odoo 18.0 web, controllers/action.py). */
export const ACTION_ROUTES: readonly Route[] = [{ paths: ['/web/action/load'], kind: 'json', auth: 'user', run: load }]

function load({ engine, call }: JsonExchange): Answer {
  if (!('action_id' in call.params)) {
    throw typeError("Action.load() missing 1 required positional argument: 'action_id'")
  }
  const { action_id: wanted } = call.params
  const actions = windowActions(engine.version.version)
  const id = idIn(wanted)
  const found = id === undefined ? named(actions, String(wanted)) : actions.find((action) => action.id === id)
  if (found !== undefined) return resultAnswer(call.id, found)
  if (engine.version.pages.unknownAction === 'missing_error') {
    if (id !== undefined) return resultAnswer(call.id, false)
    throw new OdooFault('odoo.exceptions.MissingError', `The action ${pythonRepr(wanted)} does not exist.`)
  }
  const end = id === undefined ? '.' : ''
  throw new OdooFault(
    'odoo.addons.web.controllers.action.MissingActionError',
    `The action “${wanted}” does not exist${end}`,
  )
}

/** The number that Python's `int` makes of it; undefined for other text. */
function idIn(wanted: unknown): number | undefined {
  if (typeof wanted === 'number') return Math.trunc(wanted)
  if (typeof wanted === 'boolean') return Number(wanted)
  if (typeof wanted === 'string') return /^\s*[+-]?\d+\s*$/.test(wanted) ? Number(wanted) : undefined
  const type = pythonType(wanted)
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${type}'`)
}

function named(actions: readonly WindowAction[], name: string): WindowAction | undefined {
  return actions.find(({ xml_id: xmlId, path }) => name === (name.includes('.') ? xmlId : path))
}
