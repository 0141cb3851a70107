import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openStore, type Store, type StoreOptions } from '../store.ts'

/** For tests: a real store of its own, removed at the end of the block (`await using`). */
export type TemporaryStore = AsyncDisposable & {
  readonly store: Store
  /** Where it is, for another that opens it as well. */
  readonly at: StoreOptions['at']
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of a PostgreSQL, in the project that runs the tests of the store on it. */
    readonly postgres: string
  }
}

/**
 * Opens an empty store: in a schema of its own of the PostgreSQL that the run was given, else in a file under the
 * system's directory for temporary files.
 */
export async function openTemporaryStore(): Promise<TemporaryStore> {
  const postgres = inject('postgres')
  return postgres === undefined ? openTemporaryFile() : openTemporarySchema(postgres)
}

async function openTemporaryFile(): Promise<TemporaryStore> {
  const directory = temporaryDirectory()
  const at = { file: join(directory.path, 'gatehouse.db') }
  const store = await openStore({ at })
  return {
    store,
    at,
    async [Symbol.asyncDispose]() {
      await store.close()
      directory[Symbol.dispose]()
    },
  }
}

async function openTemporarySchema(postgres: string): Promise<TemporaryStore> {
  const schema = `gh_${randomBytes(8).toString('hex')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: postgres })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create schema ${schema}`)
  const at = { postgres: `${postgres}?options=${encodeURIComponent(`-c search_path=${schema}`)}` }
  const store = await openStore({ at })
  return {
    store,
    at,
    async [Symbol.asyncDispose]() {
      await store.close()
      await run(`drop schema ${schema} cascade`)
    },
  }
}

/** For tests: an empty directory, removed at the end of the block (`using`). */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-store-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
