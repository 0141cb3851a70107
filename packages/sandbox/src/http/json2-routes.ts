import { bearerOf } from '../credential/rpc-secret.ts'
import type { Engine } from '../engine/contract.ts'
import { httpException } from '../fault/http-exception.ts'
import { accessDenied, OdooFault } from '../fault/odoo-fault.ts'
import { faultOf } from '../rpc/call-kw.ts'
import { callNamed } from '../rpc/call-named.ts'
import { passingCallSession } from '../session/call-session.ts'
import type { Session } from '../session/session-store.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import { hasLoneSurrogate } from './call-body.ts'
import { jsonComplaint } from './json-complaint.ts'
import { json2Fault } from './json2-fault.ts'
import { readPythonJson } from './python-json.ts'
import type { Request } from './request.ts'
import type { Exchange, Route } from './route.ts'

/** Models by bearer key and named arguments (odoo 19.0 rpc, controllers/json2.py). */
export const JSON2_ROUTES: readonly Route[] = [
  {
    paths: ['/json/2/<__model__>/<__method__>'],
    methods: ['POST'],
    since: 19,
    kind: 'json2',
    auth: 'public',
    savesSession: false,
    run: runNamed,
  },
  {
    paths: ['/json/2', '/json/2/<path:subpath>'],
    methods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    since: 19,
    kind: 'json2',
    auth: 'public',
    run: () => json2Fault(httpException(404, 'Did you mean POST /json/2/<model>/<method>?')),
  },
]

/** Who calls is asked before the body is read. */
function runNamed({ engine, request, params, session }: Exchange): Answer {
  try {
    const uid = callerOf(engine, request, session)
    // What the path says counts more than what the body says.
    const { ids = [], context, __model__: model, __method__: method, ...named } = { ...readBody(request), ...params }
    const passing = passingCallSession(engine, uid, request.host)
    const call = { model: String(model), method: String(method), ids, context, named }
    const result = callNamed(engine, uid, call, passing)
    return jsonAnswer(result ?? null)
  } catch (error) {
    return json2Fault(faultOf(engine, error))
  }
}

/**
 * The user of the bearer key; without one, of a session whose request a browser marks as a visit of its user's
 * (odoo 19.0 ir_http.py, _auth_method_bearer).
 */
function callerOf(engine: Engine, { headers }: Request, session: Session): number {
  const token = /^bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token !== undefined) {
    const uid = bearerOf(engine, token)
    if (uid === undefined) throw httpException(401, 'Invalid apikey')
    if (session.uid !== undefined && session.uid !== uid) {
      throw accessDenied('Session user does not match the used apikey.')
    }
    return uid
  }
  if (session.uid === undefined) {
    throw httpException(401, 'User not authenticated, use an API Key with a Bearer Authorization header.')
  }
  if (!isVisit(headers)) throw httpException(401, 'Missing "Authorization" or Sec-headers for interactive usage.')
  return session.uid
}

function isVisit(headers: Request['headers']): boolean {
  return (
    headers['sec-fetch-dest'] === 'document' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    (headers['sec-fetch-site'] === 'none' || headers['sec-fetch-site'] === 'same-origin') &&
    headers['sec-fetch-user'] === '?1'
  )
}

/** The arguments in the body. None at all, a list or a single value are no arguments. */
function readBody({ bytes, body }: Request): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) return {}
  const parsed = readPythonJson(body)
  if (parsed === undefined) throw httpException(400, `could not parse the body as json: ${jsonComplaint(body)}`)
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const params = value as Readonly<Record<string, unknown>>
  if (hasLoneSurrogate(body, { id: null, params, hasParams: true })) {
    throw new OdooFault('builtins.UnicodeEncodeError', "'utf-8' codec can't encode character: surrogates not allowed")
  }
  return params
}
