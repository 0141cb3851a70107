import { OdooFault } from '../fault/odoo-fault.ts'
import { type Answer, type ErrorStatus, errorPage, redirect } from './answer.ts'
import { languageCookie } from './cookies.ts'
import { isCsrfToken } from './csrf-token.ts'
import { firstOfEach, readForm } from './form.ts'
import { withQuery } from './location.ts'
import { portalErrorPage } from './pages/layout.ts'
import type { Exchange, HttpRoute } from './route.ts'

/** Methods that change nothing, so that no token is asked for. */
const CSRF_FREE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Runs a page: who looks at it, the form, the token, the page itself. Its failures are pages, too. */
export async function runHttp(exchange: Exchange, route: HttpRoute): Promise<Answer> {
  const { request, session } = exchange
  if (route.auth === 'user' && session.uid === undefined) {
    // The login form leads back to where the client wanted to go.
    return { ...redirect(303, withQuery('/web/login', { redirect: request.fullPath })), namesSession: false }
  }
  const given = await page(exchange, route)
  if (!route.portal) return given
  return { ...given, cookies: [languageCookie(exchange.engine.nowMs()), ...(given.cookies ?? [])] }
}

async function page(exchange: Exchange, route: HttpRoute): Promise<Answer> {
  const { engine, request, session, params } = exchange
  const { texts, files } = await readForm(request)
  const { session_id: sessionId = '', ...others }: Readonly<Record<string, string>> = {
    ...firstOfEach(request.query),
    ...texts,
    ...params,
  }
  // Where it names the session, it is no parameter.
  const all = sessionId === '' || engine.version.explicitSessions ? others : { ...others, session_id: sessionId }
  const asked = !CSRF_FREE.has(request.method) && route.csrf !== false
  const { csrf_token: token, ...rest }: Readonly<Record<string, string>> = all
  if (asked && !isCsrfToken(engine, session, token)) {
    return failed(exchange, route, 400, 'Session expired (invalid CSRF token)')
  }
  try {
    return await route.run({ ...exchange, params: asked ? rest : all, files })
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    return failed(exchange, route, statusOf(error), error.exception.startsWith('odoo.') ? error.message : undefined)
  }
}

/** The status of a failure (odoo 18.0 http.py, HttpDispatcher.handle_error). */
function statusOf({ exception }: OdooFault): ErrorStatus {
  if (/^odoo\.exceptions\.Access(Denied|Error)$/.test(exception)) return 403
  if (exception === 'werkzeug.exceptions.NotFound') return 404
  return exception.startsWith('odoo.exceptions.') ? 400 : 500
}

function failed(exchange: Exchange, { portal }: HttpRoute, status: ErrorStatus, text?: string): Answer {
  return portal ? portalErrorPage(exchange, status) : errorPage(status, text)
}
