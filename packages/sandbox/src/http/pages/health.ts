import type { Route } from '../route.ts'

/** Is the server up? Asked by load balancers (odoo 18.0 web, health). */
export const HEALTH_ROUTES: readonly Route[] = [
  {
    paths: ['/web/health'],
    kind: 'http',
    auth: 'none',
    savesSession: false,
    run: () => ({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"status": "pass"}',
    }),
  },
]
