import type { CallSession, Context, Engine, Method } from '../engine/contract.ts'
import { httpException } from '../fault/http-exception.ts'
import { OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import { checkLanguage, openOrm } from '../orm/open-orm.ts'
import type { Model } from '../schema/model.ts'
import { pythonRepr, pythonTruth, pythonType } from '../value/python-text.ts'
import { publicMethod } from './call-kw.ts'

/** A call of `/json/2`: model and method from the path, the rest as the body has it, unchecked. */
export type NamedCall = {
  readonly model: string
  readonly method: string
  readonly ids: unknown
  readonly context: unknown
  readonly named: Readonly<Record<string, unknown>>
}

/**
 * Runs a method whose arguments all have names, in one transaction (odoo 19.0 rpc/controllers/json2.py). Answers its
 * result; `undefined` is Python's None. What does not fit the method is told by HTTP status: 404 and 422.
 */
export function callNamed(engine: Engine, uid: number, call: NamedCall, session: CallSession): unknown {
  const model = engine.schema.models.get(call.model)
  if (model === undefined) throw httpException(404, `the model ${pythonRepr(call.model)} does not exist`)
  const context = contextOf(call.context)
  const method = knownMethod(engine, model, call.method)
  if (method.on === 'model' && pythonTruth(call.ids)) {
    throw httpException(422, `cannot call ${model.name}.${method.name} with ids`)
  }
  const ids = idsOf(call.ids)
  checkNames(method, call.named)
  const result = engine.db.transaction(() => {
    checkLanguage(engine, context)
    return method.run({ orm: openOrm(engine, uid, context), model, ids, args: call.named, session })
  })
  // The records that it makes are told by a list of ids, also when there is one.
  return method.name === 'create' && typeof result === 'number' ? [result] : result
}

function knownMethod(engine: Engine, model: Model, name: string): Method {
  try {
    return publicMethod(engine, model, name)
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'builtins.AttributeError') throw error
    throw httpException(404, error.message)
  }
}

/** Refuses a call that lacks a name or has one too many, in the words of Python's `inspect.Signature.bind`. */
function checkNames({ params }: Method, named: Readonly<Record<string, unknown>>): void {
  const names = params.filter((param) => !param.startsWith('*'))
  const missing = names.find((param) => !param.endsWith('?') && !Object.hasOwn(named, param))
  if (missing !== undefined) throw httpException(422, `missing a required argument: '${missing}'`)
  if (params.includes('**')) return
  const known = new Set(names.map((param) => param.replace('?', '')))
  const unknown = Object.keys(named).find((name) => !known.has(name))
  if (unknown !== undefined) throw httpException(422, `got an unexpected keyword argument '${unknown}'`)
}

/** Python's `dict(context)`; none at all is an empty one. */
function contextOf(context: unknown): Context {
  if (context === undefined || context === null) return {}
  if (typeof context === 'object' && !Array.isArray(context)) return { ...context }
  if (typeof context !== 'string' && !Array.isArray(context)) {
    throw typeError(`'${pythonType(context)}' object is not iterable`)
  }
  if (context.length === 0) return {}
  if (Array.isArray(context)) throw typeError('cannot convert dictionary update sequence element #0 to a sequence')
  throw valueError('dictionary update sequence element #0 has length 1; 2 is required')
}

/** What Odoo browses: one id, or all that Python walks through (odoo 19.0 models.py, browse). */
function idsOf(ids: unknown): readonly unknown[] {
  if (!pythonTruth(ids)) return []
  if (Array.isArray(ids)) return ids
  if (typeof ids === 'string') return [...ids]
  if (typeof ids === 'object' && ids !== null) return Object.keys(ids)
  if (typeof ids === 'number' && Number.isInteger(ids)) return [ids]
  throw typeError(`'${pythonType(ids)}' object is not iterable`)
}
