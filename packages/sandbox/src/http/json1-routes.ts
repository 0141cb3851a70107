import { type Answer, htmlAnswer, redirect } from './answer.ts'
import { withQuery } from './location.ts'
import { portalErrorPage } from './pages/layout.ts'
import type { HttpExchange, Route } from './route.ts'

/**
 * The first `/json`, which shows views of the web client. The sandbox has no views: it tells who would have to sign in,
 * and otherwise that there is nothing (odoo 18.0 web, controllers/json.py).
 */
export const JSON1_ROUTES: readonly Route[] = [
  {
    paths: ['/json/<path:subpath>'],
    since: 18,
    kind: 'http',
    auth: 'user',
    run: ({ params: { subpath = '', ...rest } }) => redirect(307, withQuery(`/json/1/${encodeURI(subpath)}`, rest)),
  },
  { paths: ['/json/1/<path:subpath>'], since: 18, kind: 'http', auth: 'none', csrf: false, run: viewed },
]

function viewed(exchange: HttpExchange): Answer {
  if (exchange.request.headers.authorization !== undefined || exchange.session.uid !== undefined) {
    return portalErrorPage(exchange, 404)
  }
  const body =
    '<!doctype html>\n<html lang=en>\n<title>401 Unauthorized</title>\n<h1>Unauthorized</h1>\n' +
    '<p>User not authenticated, use the &#34;Authorization&#34; header</p>\n'
  return htmlAnswer(body, { 'www-authenticate': 'Bearer' }, 401)
}
