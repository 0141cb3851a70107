import type { CallSession, Context, Engine, Method } from '../engine/contract.ts'
import { inRelease } from '../engine/in-release.ts'
import {
  accessError,
  attributeError,
  keyError,
  notFound,
  OdooFault,
  recursionError,
  typeError,
} from '../fault/odoo-fault.ts'
import { checkLanguage, openOrm } from '../orm/open-orm.ts'
import type { Model } from '../schema/model.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'
import { bindArguments, type GivenArguments } from './arguments.ts'
import { GROUP_METHODS } from './group-methods.ts'
import { READ_METHODS } from './read-methods.ts'
import { RECORDSET_METHODS } from './recordset-methods.ts'
import { TRANSFER_METHODS } from './transfer-methods.ts'
import { WRITE_METHODS } from './write-methods.ts'

/** A call as the wire has it, before anything about it was checked. */
export type KwParams = Readonly<Record<string, unknown>>

/** The model that a call names; what an unknown one is depends on the version. */
export function calledModel(engine: Engine, params: KwParams): Model {
  const { model: name } = params
  if (typeof name === 'object' && name !== null) throw typeError(`unhashable type: '${pythonType(name)}'`)
  const model = typeof name === 'string' ? engine.schema.models.get(name) : undefined
  if (model !== undefined) return model
  if (engine.version.unknownModel === 'not_found') throw notFound()
  if (name === undefined) throw typeError("DataSet.call_kw() missing 1 required positional argument: 'model'")
  throw keyError(String(name))
}

/**
 * Runs a method of a model for a user, in one transaction: an error leaves everything as it was. Answers the method's
 * result; `undefined` is Python's None. Over the web, methods may ask about the `session` that the call came in.
 */
export function callKw(engine: Engine, uid: number, params: KwParams, session?: CallSession): unknown {
  const model = calledModel(engine, params)
  const { named, context } = splitContext(namedArguments(engine, params))
  const { method: name } = params
  if (name === undefined) throw typeError("DataSet.call_kw() missing 1 required positional argument: 'method'")
  if (typeof name !== 'string') throw typeError(`expected string or bytes-like object, got '${pythonType(name)}'`)
  const method = publicMethod(engine, model, name)
  const given: GivenArguments = { positional: positionalArguments(params), named }
  const { ids, args } = bindArguments(method, given)
  return engine.db.transaction(() => {
    checkLanguage(engine, context)
    return method.run({ orm: openOrm(engine, uid, context), model, ids, args, session })
  })
}

/** An object in place of the list gives its keys: Python walks through it. */
function positionalArguments(params: KwParams): readonly unknown[] {
  const { args } = params
  if (Array.isArray(args)) return args
  if (args === undefined) throw typeError("DataSet.call_kw() missing 1 required positional argument: 'args'")
  return typeof args === 'object' && args !== null ? Object.keys(args) : []
}

function namedArguments(engine: Engine, params: KwParams): Readonly<Record<string, unknown>> {
  const { kwargs } = params
  if (kwargs === undefined) throw typeError("DataSet.call_kw() missing 1 required positional argument: 'kwargs'")
  if (Array.isArray(kwargs)) {
    if (engine.version.kwargsMayBeList && kwargs.length === 0) return {}
    throw typeError('pop expected at most 1 argument, got 2')
  }
  return typeof kwargs === 'object' && kwargs !== null ? { ...kwargs } : {}
}

function splitContext(kwargs: Readonly<Record<string, unknown>>): {
  named: Readonly<Record<string, unknown>>
  context: Context
} {
  const { context, ...named } = kwargs
  // Whatever Python takes for false is no context: some clients send an empty text.
  if (!pythonTruth(context)) return { named, context: {} }
  if (typeof context !== 'object' || Array.isArray(context)) {
    throw typeError('cannot convert dictionary update sequence element #0 to a sequence')
  }
  return { named, context: { ...context } }
}

/** The method, if clients may call it: one with `_` in front or kept private is refused, another is unknown. */
export function publicMethod(engine: Engine, model: Model, name: string): Method {
  const { privateMethods, say } = engine.version
  if (name.startsWith('_') || privateMethods.has(name)) throw accessError(say.privateMethod(model.name, name))
  const found = findMethod(engine, model.name, name)
  if (found !== undefined) return found
  engine.onUnknownMethod(model.name, name)
  throw attributeError(say.unknownMethod(model.name, name))
}

/** A method of a model, as the version has it; `undefined` when the sandbox has none of that name. */
export function findMethod(
  { behaviours, methods, version: { version } }: Pick<Engine, 'behaviours' | 'methods' | 'version'>,
  model: string,
  name: string,
): Method | undefined {
  return [
    ...(behaviours[model]?.methods ?? []),
    ...methods,
    ...READ_METHODS,
    ...GROUP_METHODS,
    ...TRANSFER_METHODS,
    ...WRITE_METHODS,
    ...RECORDSET_METHODS,
  ].find((method) => method.name === name && inRelease(method, version))
}

/**
 * Any failure as one of Odoo's. What is none is a mistake of the sandbox: it is reported, and the client learns nothing
 * about it.
 */
export function faultOf(engine: Engine, error: unknown): OdooFault {
  if (error instanceof OdooFault) return error
  if (isTooDeep(error)) return recursionError()
  engine.onMistake(error)
  return new OdooFault('builtins.RuntimeError', 'The sandbox failed')
}

/** The stack of the engine is used up, as Python's is by input that is nested deep enough. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded'
}
