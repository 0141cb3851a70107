import {
  finishByTrustedBrowser,
  finishSecondFactor,
  TRUSTED_BROWSER_SECONDS,
  trustBrowser,
} from '../../session/finish-second-factor.ts'
import { type Answer, htmlAnswer, redirect } from '../answer.ts'
import { trustedBrowserCookie } from '../cookies.ts'
import { csrfToken } from '../csrf-token.ts'
import type { HttpExchange, Route } from '../route.ts'
import { browserName } from './browser-name.ts'
import { alertText, input, pageText } from './layout.ts'
import { afterSignIn } from './login.ts'

/** The page that asks for the second factor of a sign-in (odoo 18.0 auth_totp, controllers/home.py). */
export const TOTP_ROUTES: readonly Route[] = [
  { paths: ['/web/login/totp'], methods: ['GET', 'POST'], kind: 'http', auth: 'public', portal: true, run: totp },
]

function totp(exchange: HttpExchange): Answer {
  const { request, params, session } = exchange
  if (session.uid !== undefined) return afterSignIn(exchange, session, params.redirect)
  if (session.halfOpenUid === undefined) return redirect(303, '/web/login')
  if (request.method === 'GET') return trusted(exchange) ?? form(exchange)
  return params.totp_token ? checked(exchange, params.totp_token) : form(exchange)
}

/** A browser that was trusted before needs no code. */
function trusted(exchange: HttpExchange): Answer | undefined {
  const { engine, request, session, params } = exchange
  const key = request.cookies.td_id
  const opened = key ? finishByTrustedBrowser(engine, session, key) : undefined
  return opened && { ...afterSignIn(exchange, opened, params.redirect), sessionId: opened.id }
}

function checked(exchange: HttpExchange, code: string): Answer {
  const { engine, request, session, params } = exchange
  const finished = engine.db.transaction(() => finishSecondFactor(engine, session, code, request.remoteAddress))
  if ('refused' in finished) return form(exchange, finished.refused)
  const opened = finished.session
  const answer = { ...afterSignIn(exchange, opened, params.redirect), sessionId: opened.id }
  if (!params.remember || opened.uid === undefined) return answer
  const key = trustBrowser(engine, opened.uid, browserName(request.headers['user-agent']))
  return { ...answer, cookies: [trustedBrowserCookie(key, TRUSTED_BROWSER_SECONDS, engine.nowMs())] }
}

function form({ engine, params, session }: HttpExchange, error?: string): Answer {
  const token = csrfToken(engine, session)
  const body = [
    '<form method="POST" action="">',
    input('hidden', 'csrf_token', token),
    input('hidden', 'redirect', params.redirect),
    input('text', 'totp_token'),
    alertText(error),
    '<button type="submit">Log in</button>',
    input('checkbox', 'remember'),
    '</form>',
    '<form method="POST" action="/web/session/logout">',
    input('hidden', 'csrf_token', token),
    '<button type="submit">Cancel</button>',
    '</form>',
  ]
  const page = pageText(token, body.map((line) => `        ${line}`).join('\n'))
  return { ...htmlAnswer(page), sessionId: session.id }
}
