import type { Route } from '../../http/route.ts'
import type { JwtSignInDeps } from '../jwt-tokens/hand-over-tokens.ts'
import type { RecordsAccess } from '../records-access.ts'
import { authenticate, type TokenSpans } from './authenticate.ts'
import { loginPage } from './login-page.ts'
import { protectedJson } from './protected-json.ts'

/** The surface of odoo_jwt: sign-in, the protected call and the page that tries them. */
export function odooJwtRoutes(deps: JwtSignInDeps & RecordsAccess, spans: TokenSpans): readonly Route[] {
  return [authenticate(deps, spans), protectedJson(deps), loginPage()]
}
