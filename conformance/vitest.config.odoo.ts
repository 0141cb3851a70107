import { defineConfig } from 'vitest/config'

/** The suites that hold for any Odoo, against the one that `ODOO_URL` and `ODOO_DB` name. */
export default defineConfig({
  test: {
    name: 'odoo',
    root: import.meta.dirname,
    include: ['suites/{odoo-jwt,send-request,records,domains,samples}/**/*.test.ts'],
    globalSetup: ['harness/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
