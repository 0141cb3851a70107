import type { Engine } from '../engine/contract.ts'
import { keyError, sessionExpired, typeError } from '../fault/odoo-fault.ts'
import { calledModel, faultOf } from '../rpc/call-kw.ts'
import { pythonType } from '../value/python-text.ts'
import { type Answer, errorPage, htmlAnswer } from './answer.ts'
import { type BadBody, type CallBody, callOf, hasLoneSurrogate, readBody, subscribedParams } from './call-body.ts'
import { faultAnswer } from './json-rpc.ts'
import type { Exchange, JsonRoute } from './route.ts'

/** Runs a JSON route: its result, or its failure in an envelope. */
export async function runJson(exchange: Exchange, route: JsonRoute): Promise<Answer> {
  const { engine, request, session } = exchange
  const { version } = engine
  // Until the call is read for the route itself, a failure does not know its id.
  let id: unknown = null
  try {
    const body = readBody(request.body)
    if (route.readsModel && version.badBody === 'envelope') checkCalled(engine, body)
    if (route.auth === 'user' && session.uid === undefined) throw sessionExpired()
    if ('fault' in body) return { ...htmlAnswer(body.page, {}, 400), namesSession: true }
    id = body.id
    const call = callOf(body)
    if (hasLoneSurrogate(request.body, call)) return errorPage(500)
    return await route.run({ ...exchange, call })
  } catch (error) {
    return { ...faultAnswer(id, faultOf(engine, error), version), namesSession: false }
  }
}

/** From 18 on Odoo looks for model and method before anything else (odoo 18.0 web, _call_kw_readonly). */
function checkCalled(engine: Engine, body: CallBody | BadBody): void {
  const params = subscribedParams(body)
  calledModel(engine, params)
  const { method } = params
  if (method === undefined) throw keyError('method')
  if (typeof method !== 'string') throw typeError(`attribute name must be string, not '${pythonType(method)}'`)
}
