import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../store.ts'

/** For tests: a real store in a directory of its own, removed at the end of the block (`await using`). */
export type TemporaryStore = AsyncDisposable & {
  readonly store: Store
  /** The store's file. */
  readonly file: string
}

/** Opens an empty store under the system's directory for temporary files. */
export async function openTemporaryStore(): Promise<TemporaryStore> {
  const directory = temporaryDirectory()
  const file = join(directory.path, 'gatehouse.db')
  const store = await openStore({ file })
  return {
    store,
    file,
    async [Symbol.asyncDispose]() {
      await store.close()
      directory[Symbol.dispose]()
    },
  }
}

/** For tests: an empty directory, removed at the end of the block (`using`). */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-store-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
