import type { Engine } from '../engine/contract.ts'
import { keyError, OdooFault, sessionExpired, typeError } from '../fault/odoo-fault.ts'
import { calledModel, faultOf } from '../rpc/call-kw.ts'
import { findSession, newSessionId, nobodysSession, rotateSession, type Session } from '../session/session-store.ts'
import { pythonType } from '../value/python-text.ts'
import { type Answer, errorPage, htmlAnswer, redirect } from './answer.ts'
import { isCsrfToken } from './csrf-token.ts'
import { firstOfEach, readForm } from './form.ts'
import { type BadBody, faultAnswer, hasLoneSurrogate, type JsonCall, readCall } from './json-rpc.ts'
import { withQuery } from './location.ts'
import { refusedDatabase } from './named-database.ts'
import { portalErrorPage } from './pages/layout.ts'
import type { Request } from './request.ts'
import type { Exchange, HttpRoute, JsonRoute, Route } from './route.ts'
import { type RouteMap, routeMap } from './route-map.ts'
import { ROUTES } from './routes.ts'
import { staticFile } from './static-files.ts'

/** The routes that a version has. */
export function routesOf(version: number): RouteMap {
  return routeMap(ROUTES.filter(({ since = 0, until = version }) => since <= version && version <= until))
}

/** Answers a request: what goes wrong inside is Odoo's envelope or page. Throws only a mistake of the sandbox's own. */
export async function answer(engine: Engine, routes: RouteMap, request: Request): Promise<Answer> {
  const match = routes(request.path, request.method)
  if (match === undefined) return nowhere(engine, request)
  if ('merged' in match) return redirect(308, `http://${request.host}${match.merged}${queryOf(request)}`)
  if ('allowed' in match) return errorPage(405, undefined, { allow: match.allowed.join(', ') })
  const { route, params } = match
  const preflight = route.cors !== undefined && request.method === 'OPTIONS'
  if (!preflight && !isCompatible(route.kind, request)) return wrongType(engine, request, route)
  try {
    const session = sessionOf(engine, request)
    const refused = refusedDatabase(engine, request, session, route)
    if (refused !== undefined) return refused
    const exchange = { engine, request, params, session }
    return withCors(
      route,
      withSession(exchange, route, preflight ? preflightAnswer() : await runRoute(exchange, route)),
    )
  } catch (error) {
    if (route.kind !== 'json') throw error
    return faultAnswer(null, faultOf(engine, error), engine.version)
  }
}

function runRoute(exchange: Exchange, route: Route): Answer | Promise<Answer> {
  if (route.kind === 'json') return runJson(exchange, route)
  if (route.kind === 'http') return runHttp(exchange, route)
  return route.run(exchange)
}

async function runJson(exchange: Exchange, route: JsonRoute): Promise<Answer> {
  const { engine, request, session } = exchange
  const { version } = engine
  // Until the call is read for the route itself, a failure does not know its id.
  let id: unknown = null
  try {
    const call = readCall(request.body)
    if (route.readsModel && version.badBody === 'envelope') checkCalled(engine, call)
    if (route.auth === 'user' && session.uid === undefined) throw sessionExpired()
    if ('fault' in call && call.page !== undefined) return htmlAnswer(call.page, {}, 400)
    id = call.id
    if ('fault' in call) throw call.fault
    if (hasLoneSurrogate(request.body, call)) return errorPage(500)
    return await route.run({ ...exchange, call })
  } catch (error) {
    return { ...faultAnswer(id, faultOf(engine, error), version), namesSession: false }
  }
}

/** From 18 on Odoo looks for model and method before anything else (odoo 18.0 web, _call_kw_readonly). */
function checkCalled(engine: Engine, call: JsonCall | BadBody): void {
  if ('fault' in call) throw call.fault
  if (!call.hasParams) throw keyError('params')
  calledModel(engine, call.params)
  const { method } = call.params
  if (method === undefined) throw keyError('method')
  if (typeof method !== 'string') throw typeError(`attribute name must be string, not '${pythonType(method)}'`)
}

async function runHttp(exchange: Exchange, route: HttpRoute): Promise<Answer> {
  const { engine, request, session, params } = exchange
  if (route.auth === 'user' && session.uid === undefined) return toLogin(request)
  const { texts, files } = await readForm(request)
  const all = { ...firstOfEach(request.query), ...texts, ...params }
  if (!CSRF_FREE.has(request.method) && route.csrf !== false) {
    const { csrf_token: token, ...rest } = all
    if (!isCsrfToken(engine, session, token)) return errorPage(400, 'Session expired (invalid CSRF token)')
    return await guarded(engine, () => route.run({ ...exchange, params: rest, files }))
  }
  return await guarded(engine, () => route.run({ ...exchange, params: all, files }))
}

const CSRF_FREE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** A failure as a page (odoo 18.0 http.py, HttpDispatcher.handle_error). */
async function guarded(engine: Engine, run: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    const { exception, message } = faultOf(engine, error)
    if (/\.Access(Denied|Error)$/.test(exception)) return errorPage(403, message)
    if (exception === 'werkzeug.exceptions.NotFound') return errorPage(404)
    return exception.startsWith('odoo.exceptions.') ? errorPage(400, message) : errorPage(500)
  }
}

/** The login form, which leads back to where the client wanted to go. */
function toLogin(request: Request): Answer {
  const redirected = redirect(303, withQuery('/web/login', { redirect: request.fullPath }))
  return { ...redirected, namesSession: false }
}

function isCompatible(kind: Route['kind'], { contentType, bytes }: Request): boolean {
  if (kind === 'http') return true
  if (kind === 'json2' && bytes.length === 0) return true
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase()
  return type === 'application/json' || (kind === 'json' && type === 'application/json-rpc')
}

function wrongType(engine: Engine, request: Request, route: Route): Answer {
  const { wrongContentType, jsonRouteType } = engine.version
  const type = route.kind === 'json' ? jsonRouteType : route.kind
  const text = (kinds: string) =>
    `Request inferred type is compatible with [${kinds}] but '${route.paths[0]}' is type='${type}'.`
  if (wrongContentType === 400) return errorPage(400, text("'http'"))
  // The version that says 415 knows json2, which takes requests without a body, and tells what would have been right.
  const kinds = isCompatible('json2', request) ? "'http', 'json2'" : "'http'"
  const accept = route.kind === 'json' ? 'application/json, application/json-rpc' : 'application/json'
  const hint = 'Please verify the Content-Type request header and try again.'
  return errorPage(415, `${text(kinds)}\n\n${hint}`, { accept })
}

function preflightAnswer(): Answer {
  return {
    status: 204,
    headers: {
      'access-control-max-age': '86400',
      'access-control-allow-headers': 'Origin, X-Requested-With, Content-Type, Accept, Authorization',
    },
    body: '',
  }
}

function withCors(route: Route, given: Answer): Answer {
  if (route.cors === undefined) return given
  const methods = route.kind === 'json' ? 'POST' : (route.methods ?? ['GET', 'POST']).join(', ')
  const headers = { 'access-control-allow-origin': route.cors, 'access-control-allow-methods': methods }
  return { ...given, headers: { ...given.headers, ...headers } }
}

/** No route: a static file, or the portal's page that there is nothing. */
function nowhere(engine: Engine, request: Request): Answer {
  const exchange = { engine, request, session: sessionOf(engine, request) }
  return staticFile(exchange) ?? withSession(exchange, undefined, portalErrorPage(exchange, 404))
}

/** The session that a request is made in. An id that no session lives under is kept, if it looks like one. */
function sessionOf(engine: Engine, { sessionId }: Request): Session {
  if (sessionId === undefined) return nobodysSession(newSessionId(engine))
  const shape = engine.version.anySessionId ? /^[!-~]+$/ : /^[\w-]{84}$/
  return findSession(engine, sessionId) ?? nobodysSession(shape.test(sessionId) ? sessionId : newSessionId(engine))
}

/** Tells the client of its session where it does not know: with what it asked for, if it got it. */
function withSession(
  { engine, request, session }: Pick<Exchange, 'engine' | 'request' | 'session'>,
  route: Route | undefined,
  given: Answer,
): Answer {
  const wanted = route?.savesSession !== false && (given.namesSession ?? given.status < 400)
  if (request.explicitSession || !wanted) return { ...given, sessionId: undefined }
  const headers = { ...given.headers, 'x-content-type-options': 'nosniff' }
  if (given.sessionId !== undefined && given.sessionId !== session.id) return { ...given, headers }
  const known = request.sessionId === session.id ? undefined : session.id
  return { ...given, headers, sessionId: rotateSession(engine, session) ?? given.sessionId ?? known }
}

function queryOf({ fullPath }: Request): string {
  const query = fullPath.slice(fullPath.indexOf('?'))
  return query === '?' ? '' : query
}
