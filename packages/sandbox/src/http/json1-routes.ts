import { checkModel } from '../access/check-model.ts'
import { openOrm } from '../orm/open-orm.ts'
import { modelNamed } from '../schema/model.ts'
import { type Answer, errorPage, redirect } from './answer.ts'
import { withQuery } from './location.ts'
import { portalErrorPage } from './pages/layout.ts'
import type { HttpExchange, Route } from './route.ts'

/**
 * The first `/json`, which shows views of the web client. The sandbox has no views: it tells who would have to sign in,
 * and otherwise that there is nothing (odoo 18.0 web, controllers/json.py).
 */
export const JSON1_ROUTES: readonly Route[] = [
  { paths: ['/json/<path:subpath>'], since: 18, kind: 'http', auth: 'user', run: newest },
  { paths: ['/json/1/<path:subpath>'], since: 18, kind: 'http', auth: 'none', csrf: false, run: viewed },
]

/** Who may look whether it is switched on is sent on to the newest of them. */
function newest({ engine, session, params: { subpath = '', ...rest } }: HttpExchange): Answer {
  checkModel(openOrm(engine, session.uid ?? 0, {}), modelNamed(engine.schema, 'ir.module.module'), 'read')
  return redirect(307, withQuery(`/json/1/${encodeURI(subpath)}`, rest))
}

function viewed(exchange: HttpExchange): Answer {
  const { engine, request, session } = exchange
  const bearer = { 'www-authenticate': 'Bearer' }
  if (request.headers.authorization !== undefined) return portalErrorPage(exchange, 404)
  if (session.uid === undefined) return errorPage(401, 'User not authenticated, use the "Authorization" header', bearer)
  const { sessionForKey: status } = engine.version.pages
  const text = 'Missing "Authorization" or Sec-headers for interactive usage'
  return errorPage(status, text, status === 401 ? bearer : {})
}
