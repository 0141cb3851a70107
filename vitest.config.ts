import { defineConfig } from 'vitest/config'

/** What is the same in every project: threads that share their modules, so a test resets what it changes. */
const shared = { pool: 'threads', isolate: false, hookTimeout: 60_000 } as const

/**
 * The black-box suites: against a gateway that their harness starts in front of the sandbox, or in front of the Odoo
 * that `ODOO_URL` and `ODOO_DB` name. The harness reads which from `CONFORMANCE_UPSTREAM`.
 */
const conformance = { ...shared, include: ['conformance/**/*.test.ts'], testTimeout: 30_000 }

export default defineConfig({
  test: {
    reporters: ['default', './tools/closing-line.ts'],
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            'packages/**/src/**/*.test.ts',
            'packages/gateway/bin/*.test.ts',
            'scripts/*.test.ts',
            'tools/**/*.test.ts',
          ],
          testTimeout: 15_000,
        },
      },
      { test: { ...conformance, name: 'conformance', env: { CONFORMANCE_UPSTREAM: 'sandbox' } } },
      { test: { ...conformance, name: 'odoo', env: { CONFORMANCE_UPSTREAM: 'odoo' }, fileParallelism: false } },
    ],
  },
})
