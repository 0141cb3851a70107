import type { Route } from '../../http/route.ts'
import type { AdminRoute } from './admin-route.ts'
import { apiRoutes } from './apis.ts'
import { auditRoutes } from './audit.ts'
import { clientRoutes } from './clients.ts'
import type { AdminDeps } from './deps.ts'
import { grantRoutes } from './grants.ts'
import { keyRoutes } from './keys.ts'
import { nodeRoutes } from './node.ts'
import { openapiRoute } from './openapi.ts'
import { policyRoutes } from './policy.ts'
import { sessionRoutes } from './session.ts'

/** The admin API: what an administrator may do, over HTTP. */
export function adminRoutes(deps: AdminDeps): readonly Route[] {
  const operations = adminOperations(deps)
  return [...operations, openapiRoute(operations.map(({ operation }) => operation))].map(({ route }) => route)
}

/** Every operation but the description of them all. */
export function adminOperations(deps: AdminDeps): readonly AdminRoute[] {
  return [
    ...sessionRoutes(deps),
    ...apiRoutes(deps),
    ...policyRoutes(deps),
    ...keyRoutes(deps),
    ...clientRoutes(deps),
    ...grantRoutes(deps),
    ...nodeRoutes(deps),
    ...auditRoutes(deps),
  ]
}
