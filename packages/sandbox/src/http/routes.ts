import { ACTION_ROUTES } from './action-routes.ts'
import { FILE_ROUTES } from './files/files.ts'
import { JSON_ROUTES } from './json-routes.ts'
import { JSON1_ROUTES } from './json1-routes.ts'
import { JSON2_ROUTES } from './json2-routes.ts'
import { OAUTH_ROUTES } from './oauth-routes.ts'
import { PAGE_ROUTES } from './pages/pages.ts'
import { RESEQUENCE_ROUTES } from './resequence-route.ts'
import type { Route } from './route.ts'
import { RPC_ROUTES } from './rpc-routes.ts'
import { SESSION_ROUTES } from './session-routes.ts'

/** All routes of the sandbox: each area has a list of its own. */
export const ROUTES: readonly Route[] = [
  ...SESSION_ROUTES,
  ...OAUTH_ROUTES,
  ...JSON_ROUTES,
  ...ACTION_ROUTES,
  ...RESEQUENCE_ROUTES,
  ...JSON1_ROUTES,
  ...RPC_ROUTES,
  ...JSON2_ROUTES,
  ...PAGE_ROUTES,
  ...FILE_ROUTES,
]
