import type { Engine } from '../engine/contract.ts'
import { keyError, OdooFault, typeError } from '../fault/odoo-fault.ts'
import { pythonText, pythonType } from '../value/python-text.ts'
import { COMMON_METHODS } from './common-service.ts'
import { callDatabaseService } from './database-service.ts'
import { callObject } from './object-service.ts'
import { namedByPosition, walked } from './service-arguments.ts'

/** A call over `/jsonrpc` or `/xmlrpc`, as the client made it. */
export type ServiceCall = { readonly service: unknown; readonly method: unknown; readonly args: unknown }

/**
 * Runs a method of one of Odoo's three services (odoo 18.0 http.py, dispatch_rpc). There is no session: whatever needs a
 * user is told user and secret in its arguments. `undefined` is Python's None.
 */
export function callService(engine: Engine, { service, method, args }: ServiceCall): unknown {
  if (typeof service === 'object' && service !== null) throw typeError(`unhashable type: '${pythonType(service)}'`)
  if (service === 'common') return callCommon(engine, method, args)
  if (service === 'db') return callDatabaseService(engine, method, args)
  if (service === 'object') return callObject(engine, method, args)
  throw keyError(service === null || service === undefined ? null : pythonText(service))
}

function callCommon(engine: Engine, method: unknown, args: unknown): unknown {
  if (typeof method !== 'string') throw typeError(`can only concatenate str (not "${pythonType(method)}") to str`)
  const found = COMMON_METHODS.find(({ name }) => name === method)
  if (found === undefined) throw new OdooFault('builtins.Exception', `Method not found: ${method}`)
  return found.run(engine, namedByPosition(`exp_${method}`, found.params, walked(args)))
}
