import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a directory for its owner alone, and those that it is in, where they are not there. One after the other: Node's
 * own recursive way never ends where the system lets nobody make a directory and says that there is none (`/proc`).
 *
 * @throws what the file system throws
 */
export function makeDirectory(directory: string): void {
  const missing: string[] = []
  for (let path = resolve(directory); !existsSync(path); path = dirname(path)) missing.unshift(path)
  for (const path of missing) makeOne(path)
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile. A file in its place fails when it is used.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
