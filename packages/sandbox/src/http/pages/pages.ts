import type { Route } from '../route.ts'
import { ABOUT_SERVER_ROUTES } from './about-server.ts'
import { DATABASE_ROUTES } from './databases.ts'
import { LOG_OUT_ROUTES } from './log-out.ts'
import { LOGIN_ROUTES } from './login.ts'
import { PORTAL_ORDER_ROUTES } from './portal-orders.ts'
import { TOTP_ROUTES } from './totp.ts'
import { WEB_CLIENT_ROUTES } from './web-client.ts'

/** What is for browsers, and for those who watch the server. */
export const PAGE_ROUTES: readonly Route[] = [
  ...ABOUT_SERVER_ROUTES,
  ...DATABASE_ROUTES,
  ...LOG_OUT_ROUTES,
  ...LOGIN_ROUTES,
  ...TOTP_ROUTES,
  ...PORTAL_ORDER_ROUTES,
  ...WEB_CLIENT_ROUTES,
]
