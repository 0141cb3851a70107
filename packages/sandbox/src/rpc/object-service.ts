import { checkRpcCaller } from '../credential/rpc-secret.ts'
import type { Engine } from '../engine/contract.ts'
import {
  accessDenied,
  accessError,
  attributeError,
  indexError,
  keyError,
  OdooFault,
  typeError,
  userError,
  valueError,
} from '../fault/odoo-fault.ts'
import { isObject } from '../value/is-object.ts'
import { pythonInt } from '../value/python-int.ts'
import { pythonText, pythonTruth, pythonType } from '../value/python-text.ts'
import { callKw } from './call-kw.ts'
import { checkDatabase, namedByPosition, walked } from './service-arguments.ts'

/** A method of a model with its arguments, unchecked. */
type ModelCall = {
  readonly model: unknown
  readonly method: unknown
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

/**
 * Runs a method of the service `object`: `execute` and `execute_kw`, for the user whose id and secret come before the
 * call. Which of several mistakes is told depends on the version.
 */
export function callObject(engine: Engine, method: unknown, args: unknown): unknown {
  return engine.version.rpc.looksFirst === 'caller'
    ? callAfterCheck(engine, method, args)
    : callAfterReading(engine, method, args)
}

/** odoo 18.0 service/model.py, dispatch. */
function callAfterCheck(engine: Engine, method: unknown, args: unknown): unknown {
  const given = itemsOf(args)
  if (given.length < 3) throw indexError('list index out of range')
  const [db, uid, secret, ...rest] = given
  const caller = pythonInt(uid)
  checkDatabase(engine, db)
  checkRpcCaller(engine, caller, secret)
  return run(engine, caller, readCall(method, rest))
}

function readCall(method: unknown, rest: readonly unknown[]): ModelCall {
  if (method === 'execute') {
    const [model, name, ...args] = rest
    if (rest.length < 2) throw typeError('execute() missing required positional arguments')
    return { model, method: name, args, kwargs: {} }
  }
  if (method !== 'execute_kw') throw unknownMethod(method)
  const { obj, method: name, args, kw } = namedByPosition('execute_kw', ['obj', 'method', 'args', 'kw?'], rest)
  const spread = walked(args)
  if (pythonTruth(kw) && !isObject(kw)) throw typeError(`argument after ** must be a mapping, not ${pythonType(kw)}`)
  return { model: obj, method: name, args: spread, kwargs: isObject(kw) ? kw : {} }
}

/** odoo 19.0 service/model.py, dispatch. */
function callAfterReading(engine: Engine, method: unknown, args: unknown): unknown {
  const given = walked(args)
  if (given.length < 5) throw valueError(`not enough values to unpack (expected at least 5, got ${given.length})`)
  const [db, uid, secret, model, name, ...rest] = given
  const caller = pythonInt(uid)
  if (!pythonTruth(secret)) throw accessDenied()
  checkDatabase(engine, db)
  const call = { model, method: name, ...readRest(method, rest) }
  checkRpcCaller(engine, caller, secret)
  return run(engine, caller, call)
}

function readRest(method: unknown, rest: readonly unknown[]): Pick<ModelCall, 'args' | 'kwargs'> {
  if (method === 'execute') return { args: rest, kwargs: {} }
  if (method !== 'execute_kw') throw unknownMethod(method)
  if (rest.length === 0 || rest.length > 2) throw valueError(`wrong number of values to unpack (${rest.length})`)
  const [args, kw = {}] = rest
  const spread = walked(args)
  if (!isObject(kw) && walked(kw ?? []).length > 0) {
    throw valueError('dictionary update sequence element #0 has length 1; 2 is required')
  }
  return { args: spread, kwargs: isObject(kw) ? kw : {} }
}

function run(engine: Engine, uid: number, call: ModelCall): unknown {
  const { schema, version } = engine
  const { model, method, args, kwargs } = call
  if (typeof method !== 'string') {
    const complaint = `attribute name must be string, not '${pythonType(method)}'`
    throw version.rpc.looksFirst === 'caller' ? typeError(complaint) : attributeError(complaint)
  }
  if (version.rpc.privateBeforeModel && method.startsWith('_')) {
    throw accessError(version.say.privateMethod(pythonText(model), method))
  }
  if (typeof model === 'object' && model !== null) throw typeError(`unhashable type: '${pythonType(model)}'`)
  if (!schema.models.has(pythonText(model))) throw userError(`Object ${pythonText(model)} doesn't exist`)
  return callKw(engine, uid, { model, method, args, kwargs })
}

/** What can be looked up by position: not an object, whose keys are names. */
function itemsOf(args: unknown): readonly unknown[] {
  if (isObject(args)) throw keyError('0')
  return walked(args)
}

const unknownMethod = (method: unknown): OdooFault =>
  new OdooFault('builtins.NameError', `Method not available ${pythonText(method)}`)
