import type { Engine } from '../engine/contract.ts'
import type { Session } from '../session/session-store.ts'
import { type Answer, errorPage, htmlAnswer } from './answer.ts'
import type { Request } from './request.ts'
import type { Route } from './route.ts'

/**
 * The refusal of a request that names another database than the sandbox's in `X-Odoo-Database` (19 and later; odoo 19.0
 * http.py, _get_session_and_dbname). A session has chosen already; without one, only routes that need no database remain.
 */
export function refusedDatabase(
  engine: Engine,
  { headers }: Request,
  session: Session,
  { auth }: Route,
): Answer | undefined {
  const named = engine.version.rpc.databaseHeader ? headers['x-odoo-database'] : undefined
  if (!named || named === engine.database) return undefined
  if (session.uid !== undefined || session.halfOpenUid !== undefined) {
    return errorPage(403, 'Cannot use both the session_id cookie and the x-odoo-database header.')
  }
  return auth === 'none' ? undefined : htmlAnswer(NO_DATABASE, {}, 404)
}

const NO_DATABASE = `<!DOCTYPE html>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>

<!-- Alternatively, use the X-Odoo-Database header. -->
`
