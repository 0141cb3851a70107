import { systemParameter } from '../engine/system-parameter.ts'
import { sql } from '../sql/sql-text.ts'
import { resultAnswer } from './json-rpc.ts'
import { queryText } from './location.ts'
import type { JsonExchange, Route } from './route.ts'

/** What the web client asks about its session besides who it is (odoo 18.0 web, controllers/session.py). */
export const SESSION_ROUTES: readonly Route[] = [
  {
    paths: ['/web/session/modules'],
    kind: 'json',
    auth: 'user',
    run: (exchange) => resultAnswer(exchange.call.id, installedModules(exchange)),
  },
  {
    paths: ['/web/session/account'],
    kind: 'json',
    auth: 'user',
    run: (exchange) => resultAnswer(exchange.call.id, accountPage(exchange)),
  },
]

function installedModules({ engine }: JsonExchange): string[] {
  if (!engine.schema.models.has('ir.module.module')) return ['base', 'web']
  const rows = engine.db.all(sql`SELECT name FROM ir_module_module WHERE state = 'installed' ORDER BY name`)
  return rows.map(({ name }) => String(name))
}

/** Where the user's account at Odoo is; nobody is sent there from here. */
function accountPage({ engine, request }: JsonExchange): string {
  const base = systemParameter(engine, 'web.base.url') ?? `http://${request.host}`
  const query = queryText({
    response_type: 'token',
    client_id: systemParameter(engine, 'database.uuid') ?? '',
    // Python puts a blank behind commas and colons.
    state: `{"d": ${JSON.stringify(engine.database)}, "u": ${JSON.stringify(base)}}`,
    scope: 'userinfo',
  })
  return `https://accounts.odoo.com/oauth2/auth?${query}`
}
