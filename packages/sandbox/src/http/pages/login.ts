import { keyError, OdooFault } from '../../fault/odoo-fault.ts'
import type { Session } from '../../session/session-store.ts'
import { signIn } from '../../session/sign-in.ts'
import { type Answer, htmlAnswer, redirect } from '../answer.ts'
import { csrfToken } from '../csrf-token.ts'
import { escapeHtml } from '../html.ts'
import { localLocation, withQuery } from '../location.ts'
import type { HttpExchange, Route } from '../route.ts'
import { alertText, input, pageText } from './layout.ts'
import { isInternal } from './web-client.ts'

/** The login form. */
export const LOGIN_ROUTES: readonly Route[] = [{ paths: ['/web/login'], kind: 'http', auth: 'none', run: login }]

const ONLY_EMPLOYEES = 'Only employees can access this database. Please contact the administrator.'

/** Headers of pages that ask for a password. */
const FRAMED = { 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "frame-ancestors 'self'" }

/** Where somebody goes who signed in, wholly or with the second factor still missing (odoo 18.0 web and portal). */
export function afterSignIn(exchange: HttpExchange, session: Session, wanted: string | undefined): Answer {
  const uid = session.uid ?? session.halfOpenUid ?? 0
  const portal = isInternal(exchange, uid) ? undefined : '/my'
  const target = wanted === undefined || wanted === '' ? portal : wanted
  if (session.uid !== undefined) {
    return redirect(303, localLocation(target ?? exchange.engine.version.pages.home))
  }
  return redirect(303, withQuery('/web/login/totp', target === undefined ? {} : { redirect: target }))
}

function login(exchange: HttpExchange): Answer {
  const { request, params, session } = exchange
  if (request.method === 'POST') return posted(exchange)
  if (request.method === 'GET' && params.redirect && session.uid !== undefined) {
    return redirect(303, localLocation(params.redirect))
  }
  return form(exchange, params.error === 'access' ? ONLY_EMPLOYEES : params.error)
}

function posted(exchange: HttpExchange): Answer {
  const { engine, params, session: before } = exchange
  const { login: name, password, redirect: wanted } = params
  if (!name) throw keyError('login')
  try {
    const given = { db: engine.database, login: name, password, address: exchange.request.remoteAddress }
    const session = engine.db.transaction(() => signIn(engine, given, before))
    return { ...afterSignIn(exchange, session, wanted), sessionId: session.id }
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'odoo.exceptions.AccessDenied') throw error
    return form(exchange, error.message === 'Access Denied' ? 'Wrong login/password' : error.message)
  }
}

/** The form, with what went wrong and what was typed before; never the password. */
function form(exchange: HttpExchange, error: string | undefined): Answer {
  const { engine, params, session } = exchange
  const token = csrfToken(engine, session)
  const { loginIsStored, loginNamesType } = engine.version.pages
  const message = params.message ? `<p class="alert alert-success" role="status">${escapeHtml(params.message)}</p>` : ''
  const lines = [
    '<form class="oe_login_form" role="form" method="post" action="/web/login">',
    input('hidden', 'csrf_token', token),
    input('text', 'login', params.login),
    input('password', 'password'),
    alertText(error),
    message,
    '<button type="submit">Log in</button>',
    ...(loginNamesType ? [input('hidden', 'type', 'password')] : []),
    input('hidden', 'redirect', params.redirect),
    '</form>',
  ]
  const body = lines.filter((line) => line !== '').map((line) => `        ${line}`)
  return htmlAnswer(pageText(token, body.join('\n')), {
    ...(!loginIsStored && { 'cache-control': 'no-cache' }),
    ...FRAMED,
  })
}
