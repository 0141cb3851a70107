import { defineConfig } from 'vitest/config'

/** All suites, against the sandbox or the gateway that `GATEHOUSE_TEST_URL` names. */
export default defineConfig({
  test: {
    name: 'conformance',
    root: import.meta.dirname,
    include: ['suites/**/*.test.ts', 'odoo-wire/**/*.test.ts', 'harness/**/*.test.ts'],
    globalSetup: ['harness/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
