import type { Api } from './api.ts'
import { type ApiDirectory, apiDirectory, type DefaultApis } from './api-directory.ts'

/** A directory whose APIs may change while calls look things up in it: a call that has found its API keeps it. */
export type LiveApiDirectory = ApiDirectory & { replace(apis: readonly Api[]): void }

/** Begins with these. */
export function liveApiDirectory(apis: readonly Api[], defaults: DefaultApis = new Map()): LiveApiDirectory {
  let directory = apiDirectory(apis, defaults)
  return {
    find: (database, name) => directory.find(database, name),
    defaultOf: (database) => directory.defaultOf(database),
    all: () => directory.all(),
    replace: (changed) => {
      directory = apiDirectory(changed, defaults)
    },
  }
}
