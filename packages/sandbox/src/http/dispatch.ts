import type { Engine } from '../engine/contract.ts'
import { inRelease } from '../engine/in-release.ts'
import { faultOf } from '../rpc/call-kw.ts'
import {
  findSession,
  markCalled,
  newSessionId,
  nobodysSession,
  rotateSession,
  type Session,
} from '../session/session-store.ts'
import { type Answer, errorPage, redirect } from './answer.ts'
import { refusedType } from './content-type.ts'
import { faultAnswer } from './json-rpc.ts'
import { refusedDatabase } from './named-database.ts'
import { portalErrorPage } from './pages/layout.ts'
import type { Request } from './request.ts'
import type { Exchange, Route } from './route.ts'
import { type RouteMap, routeMap } from './route-map.ts'
import { ROUTES } from './routes.ts'
import { runHttp } from './run-http.ts'
import { runJson } from './run-json.ts'
import { staticFile } from './static-files.ts'

/** The routes that a version has. */
export function routesOf(version: number): RouteMap {
  return routeMap(ROUTES.filter((route) => inRelease(route, version)))
}

/** Answers a request: what goes wrong inside is Odoo's envelope or page. Throws only a mistake of the sandbox's own. */
export async function answer(engine: Engine, routes: RouteMap, request: Request): Promise<Answer> {
  const match = routes(request.path, request.method)
  if (match === undefined) return nowhere(engine, request)
  if ('merged' in match) return redirect(308, `http://${request.host}${match.merged}${queryOf(request)}`)
  if ('allowed' in match) return errorPage(405, undefined, { allow: match.allowed.join(', ') })
  const { route, params } = match
  const preflight = route.cors !== undefined && request.method === 'OPTIONS'
  const badType = preflight ? undefined : refusedType(engine, request, route)
  if (badType !== undefined) return badType
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
  // PostgreSQL, which Odoo asks about the address, takes no NUL in a text.
  const status = request.path.includes('\0') ? 500 : 404
  return staticFile(exchange) ?? withSession(exchange, undefined, portalErrorPage(exchange, status))
}

/** The session that a request is made in. An id that no session lives under is kept, if it looks like one. */
function sessionOf(engine: Engine, { sessionId }: Request): Session {
  if (sessionId === undefined) return nobodysSession(newSessionId(engine))
  const shape = engine.version.anySessionId ? /^[!-~]+$/ : /^[\w-]{84}$/
  return findSession(engine, sessionId) ?? nobodysSession(shape.test(sessionId) ? sessionId : newSessionId(engine))
}

/**
 * Tells the client of its session where it does not know: with what it asked for, if it got it. Some versions tell it once
 * more with the first answer of a session.
 */
function withSession(
  { engine, request, session }: Pick<Exchange, 'engine' | 'request' | 'session'>,
  route: Route | undefined,
  given: Answer,
): Answer {
  if (!(given.namesSession ?? given.status < 400)) return { ...given, sessionId: undefined }
  const headers = { ...given.headers, 'x-content-type-options': 'nosniff' }
  if (route?.savesSession === false) return { ...given, headers, sessionId: undefined }
  const first = session.uid !== undefined && !session.called && engine.version.firstCallSendsCookie
  if (first) markCalled(engine, session)
  if (request.explicitSession) return { ...given, headers, sessionId: undefined }
  if (given.sessionId !== undefined && given.sessionId !== session.id) return { ...given, headers }
  const told = first || request.sessionId !== session.id ? session.id : given.sessionId
  return { ...given, headers, sessionId: rotateSession(engine, session) ?? told }
}

function queryOf({ fullPath }: Request): string {
  const query = fullPath.slice(fullPath.indexOf('?'))
  return query === '?' ? '' : query
}
