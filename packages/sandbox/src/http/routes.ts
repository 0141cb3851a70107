import type { Engine } from '../engine/contract.ts'
import { keyError, type OdooFault, sessionExpired, typeError } from '../fault/odoo-fault.ts'
import { calledModel, callKw, faultOf } from '../rpc/call-kw.ts'
import { serverVersion, sessionInfo } from '../session/session-info.ts'
import { endSession, findSession, markCalled, newSessionId, type Session } from '../session/session-store.ts'
import { signIn } from '../session/sign-in.ts'
import { type Answer, errorPage } from './answer.ts'
import { faultAnswer, hasLoneSurrogate, type JsonCall, readCall, resultAnswer } from './json-rpc.ts'

/** A request, as far as the sandbox looks at it. */
export type Request = {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly host: string
  readonly sessionId: string | undefined
  readonly body: string
}

/** A JSON route: what it does, and who may use it. */
type JsonRoute = {
  /** `call_kw` tells a bad body in an envelope from 18 on, the others never do. */
  readonly readsModel?: boolean
  run(exchange: Exchange): Answer
}

type Exchange = {
  readonly engine: Engine
  readonly request: Request
  readonly call: JsonCall
  readonly session: Session | undefined
}

/** The JSON routes by their address. What follows call_kw and call_button in a path is decoration: the body counts. */
const JSON_ROUTES: Readonly<Record<string, JsonRoute>> = {
  '/web/session/authenticate': { run: authenticate },
  '/web/session/get_session_info': { run: getSessionInfo },
  '/web/session/check': { run: checkSession },
  '/web/session/destroy': { run: destroySession },
  '/web/webclient/version_info': { run: versionInfo },
  '/web/database/list': { run: ({ engine, call, session }) => open(engine, session, call.id, [engine.database]) },
  '/web/dataset/call_kw': { readsModel: true, run: runCall },
  '/web/dataset/call_button': { readsModel: true, run: runButton },
}

/** Answers a request. Never throws: what goes wrong inside is Odoo's envelope or page. */
export function answer(engine: Engine, request: Request): Answer {
  if (request.path === '/web/health') {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
    return { status: 200, headers, body: JSON.stringify({ status: 'pass' }) }
  }
  const address = routeAddress(engine, request.path)
  const route = address === undefined ? undefined : JSON_ROUTES[address]
  if (address === undefined || route === undefined) return errorPage(404)
  if (!/^application\/json(-rpc)?\s*(;|$)/i.test(request.contentType)) return wrongType(engine, address)
  return answerCall(engine, request, route)
}

function routeAddress(engine: Engine, path: string): string | undefined {
  if (Object.hasOwn(JSON_ROUTES, path)) return path
  if (path.startsWith('/web/dataset/call_kw/')) return '/web/dataset/call_kw'
  if (engine.version.callButtonPath && path.startsWith('/web/dataset/call_button/')) return '/web/dataset/call_button'
  return undefined
}

function wrongType(engine: Engine, address: string): Answer {
  const { wrongContentType, jsonRouteType } = engine.version
  return errorPage(
    wrongContentType,
    `Request inferred type is compatible with ['http'] but '${address}' is type='${jsonRouteType}'.`,
  )
}

function answerCall(engine: Engine, request: Request, route: JsonRoute): Answer {
  const call = readCall(request.body)
  const { version } = engine
  if ('fault' in call) {
    if (call.of === 'params' || (route.readsModel && version.badBody === 'envelope'))
      return faultAnswer(null, call.fault, version)
    return { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'Invalid JSON data' }
  }
  if (hasLoneSurrogate(request.body, call)) return errorPage(500)
  try {
    const session = request.sessionId === undefined ? undefined : findSession(engine, request.sessionId)
    return route.run({ engine, request, call, session })
  } catch (error) {
    return faultAnswer(call.id, faultOf(engine, error), version)
  }
}

/** An answer for everybody: without a live session, a new anonymous one is named in the cookie. */
function open(engine: Engine, session: Session | undefined, id: unknown, result: unknown): Answer {
  return resultAnswer(id, result, session === undefined ? newSessionId(engine) : undefined)
}

function authenticate({ engine, request, call, session }: Exchange): Answer {
  const { db, login, password } = call.params
  for (const name of ['db', 'login', 'password']) {
    if (!(name in call.params)) {
      throw typeError(`Session.authenticate() missing 1 required positional argument: '${name}'`)
    }
  }
  const opened = engine.db.transaction(() => signIn(engine, { db, login, password }, session))
  const info = opened.uid === undefined ? { uid: null } : sessionInfo(engine, opened.uid, `http://${request.host}`)
  return resultAnswer(call.id, info, opened.id)
}

function getSessionInfo({ engine, request, call, session }: Exchange): Answer {
  const { id, uid } = requireSession(session)
  return resultAnswer(call.id, sessionInfo(engine, uid, `http://${request.host}`), id)
}

function checkSession({ call, session }: Exchange): Answer {
  requireSession(session)
  return resultAnswer(call.id, undefined)
}

function destroySession({ engine, call, session }: Exchange): Answer {
  const { id } = requireSession(session)
  endSession(engine, id)
  return resultAnswer(call.id, undefined, newSessionId(engine))
}

function versionInfo({ engine, call, session }: Exchange): Answer {
  const facts = { ...serverVersion(engine), server_serie: engine.version.serverVersion, protocol_version: 1 }
  return open(engine, session, call.id, facts)
}

function runCall(exchange: Exchange): Answer {
  return called(exchange, (result) => result)
}

/** A button answers an action or `false` (odoo 18.0 web, call_button). */
function runButton(exchange: Exchange): Answer {
  return called(exchange, (result) =>
    typeof result === 'object' && result !== null && 'type' in result ? result : false,
  )
}

function called({ engine, call, session }: Exchange, shown: (result: unknown) => unknown): Answer {
  // From 18 on an unknown model is told before anybody asks who is calling.
  if (engine.version.unknownModel === 'not_found') {
    if (Object.keys(call.params).length === 0) throw missingParams()
    calledModel(engine, call.params)
  }
  const { uid, id } = requireSession(session)
  const first = session?.called === false && engine.version.firstCallSendsCookie
  const result = shown(callKw(engine, uid, call.params))
  if (session !== undefined) markCalled(engine, session)
  return resultAnswer(call.id, result, first ? id : undefined)
}

function missingParams(): OdooFault {
  return keyError('params')
}

function requireSession(session: Session | undefined): { id: string; uid: number } {
  if (session?.uid === undefined) throw sessionExpired()
  return { id: session.id, uid: session.uid }
}
