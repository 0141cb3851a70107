import { JSON_ROUTES } from './json-routes.ts'
import { PAGE_ROUTES } from './pages/pages.ts'
import type { Route } from './route.ts'
import { RPC_ROUTES } from './rpc-routes.ts'

/** All routes of the sandbox: each area has a list of its own. */
export const ROUTES: readonly Route[] = [...JSON_ROUTES, ...RPC_ROUTES, ...PAGE_ROUTES]
