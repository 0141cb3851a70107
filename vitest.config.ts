import { defineConfig } from 'vitest/config'

/**
 * - `unit`: the tests beside the code.
 * - `conformance`: the black-box suites, against a gateway that their harness starts in front of the sandbox.
 * - `store-postgres`: the tests of the store and of what stands on it, on PostgreSQL where it is installed.
 * - `odoo`: those suites that hold for any Odoo, against the one that `ODOO_URL` and `ODOO_DB` name; not part of
 *   `npm test`, see `npm run test:odoo`.
 *
 * Test files share the threads they run in and the modules loaded there (seven times faster), so a test resets what it
 * changes.
 */
export default defineConfig({
  test: {
    reporters: ['default', './tools/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/src/**/*.test.ts',
            'packages/gateway/bin/*.test.ts',
            'scripts/*.test.ts',
            'tools/**/*.test.ts',
          ],
          pool: 'threads',
          isolate: false,
          testTimeout: 15_000,
          hookTimeout: 30_000,
        },
      },
      'conformance/vitest.config.ts',
      'conformance/vitest.config.odoo.ts',
      'conformance/store/vitest.config.ts',
    ],
  },
})
