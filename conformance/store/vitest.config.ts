import { defineConfig } from 'vitest/config'
import { hasPostgres } from './postgres.ts'

/** What stands on the store, repository by repository: the project `unit` runs it on SQLite, this one on PostgreSQL. */
const ON_THE_STORE = ['store', 'tokens', 'upstream', 'identity/throttle', 'identity/mfa', 'administration'].map(
  (room) => `packages/gateway/src/${room}/**/*.test.ts`,
)

const runs = hasPostgres()
if (!runs && process.env.REQUIRE_ALL) throw new Error('PostgreSQL is not installed, and REQUIRE_ALL is set.')
if (!runs) process.stdout.write('PostgreSQL is not installed: the store is tested on SQLite only.\n')

/** The tests of the store and of what stands on it, once more on a PostgreSQL. */
export default defineConfig({
  test: {
    name: 'store-postgres',
    root: new URL('../..', import.meta.url).pathname,
    include: runs ? ON_THE_STORE : [],
    // What is about the file of the embedded store, or about what only SQLite does.
    exclude: ['**/*.embedded.test.ts', '**/open-error.test.ts'],
    passWithNoTests: true,
    globalSetup: ['conformance/store/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
