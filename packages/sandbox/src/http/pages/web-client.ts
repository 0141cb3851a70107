import { openOrm } from '../../orm/open-orm.ts'
import { sessionInfo } from '../../session/session-info.ts'
import type { Session } from '../../session/session-store.ts'
import { type Answer, htmlAnswer, redirect } from '../answer.ts'
import { csrfToken } from '../csrf-token.ts'
import { localLocation, withQuery } from '../location.ts'
import type { HttpExchange, Route } from '../route.ts'
import { pageText } from './layout.ts'

/** The pages that hold the web client, the portal's front page, and what leads to them. */
export const WEB_CLIENT_ROUTES: readonly Route[] = [
  { paths: ['/'], kind: 'http', auth: 'none', run: front },
  { paths: ['/web'], until: 17, kind: 'http', auth: 'none', run: webClient },
  {
    paths: ['/web', '/odoo', '/odoo/<path:subpath>', '/scoped_app/<path:subpath>'],
    since: 18,
    kind: 'http',
    auth: 'none',
    run: webClient,
  },
  { paths: ['/my', '/my/home'], kind: 'http', auth: 'user', portal: true, run: portalPage('Your account') },
  { paths: ['/web/login_successful'], kind: 'http', auth: 'user', portal: true, run: portalPage('You are logged in.') },
  { paths: ['/web/become'], kind: 'http', auth: 'user', run: ({ engine }) => redirect(303, engine.version.pages.home) },
]

/** Is this an employee, for whom the web client is? Others have the portal. */
export function isInternal({ engine }: Pick<HttpExchange, 'engine'>, uid: number): boolean {
  return openOrm(engine, uid, {}).user().groups.has('base.group_user')
}

function front(exchange: HttpExchange): Answer {
  const { engine, session, params } = exchange
  const portal = session.uid !== undefined && !isInternal(exchange, session.uid)
  return redirect(303, withQuery(portal ? '/my' : engine.version.pages.home, params))
}

function webClient(exchange: HttpExchange): Answer {
  const { engine, request, session, params } = exchange
  if (session.uid === undefined) {
    const { loginKeepsTarget } = engine.version.pages
    return redirect(303, withQuery('/web/login', loginKeepsTarget ? { redirect: request.fullPath } : params))
  }
  if (!isInternal(exchange, session.uid)) return redirect(303, withQuery('/my', params))
  if (params.redirect !== undefined && params.redirect !== '') return redirect(303, localLocation(params.redirect))
  return shownTo(exchange, session, session.uid)
}

function shownTo(exchange: HttpExchange, session: Session, uid: number): Answer {
  const { engine, request } = exchange
  const info = JSON.stringify(sessionInfo(engine, uid, `http://${request.host}`)).replaceAll('<', '\\u003c')
  const head = `        <script type="text/javascript">odoo.__session_info__ = ${info};</script>\n`
  const headers = {
    'x-frame-options': 'DENY',
    ...(!engine.version.pages.clientIsStored && { 'cache-control': 'no-store' }),
  }
  return { ...htmlAnswer(pageText(csrfToken(engine, session), '', head), headers), sessionId: session.id }
}

function portalPage(title: string): (exchange: HttpExchange) => Answer {
  return ({ engine, session }) =>
    htmlAnswer(pageText(csrfToken(engine, session), `        <main><h3>${title}</h3></main>`))
}
