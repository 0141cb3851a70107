import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDirectory } from '../store/make-directory.ts'
import { StartError } from './start-error.ts'

/** SQLite's code for a lock that another process has (`SQLITE_BUSY`). */
const BUSY = 5

/**
 * Makes the data directory, for its owner alone, and holds it for this process: a second gateway on it would overwrite
 * what the first has written, and not know of its sessions. The system takes the lock back when the process is gone,
 * however it ended.
 *
 * @returns a function that lets go
 * @throws StartError when the directory cannot be used, or another process holds it
 */
export function holdDataDirectory(directory: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    makeDirectory(directory)
    const file = join(directory, 'lock')
    lock = new DatabaseSync(file)
    chmodSync(file, 0o600)
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock?.close()
    const held = cause instanceof Error && 'errcode' in cause && cause.errcode === BUSY
    const sentence = held
      ? `Another gateway runs on the data directory ${directory}: stop it, or set GATEHOUSE_DATA to another.`
      : `The data directory ${directory} cannot be used: make it readable and writable for this user, or set GATEHOUSE_DATA.`
    throw new StartError(sentence, { cause })
  }
  const held = lock
  return () => held.close()
}
