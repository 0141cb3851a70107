import type { Route } from '../route.ts'
import { HEALTH_ROUTES } from './health.ts'

/** What is for browsers, and for those who watch the server. */
export const PAGE_ROUTES: readonly Route[] = [...HEALTH_ROUTES]
