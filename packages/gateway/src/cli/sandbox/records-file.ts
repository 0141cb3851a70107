import { chmodSync, closeSync, openSync } from 'node:fs'
import { StartError } from '../start-error.ts'

/**
 * Makes the file of the records, for its owner alone, before SQLite makes it: there are sessions in it, which others
 * must not read. A file that is there already is kept.
 *
 * @throws StartError when it cannot be made or written
 */
export function claimFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
  } catch (cause) {
    throw new StartError(`The file ${file} cannot be written: name one in a directory that is yours.`, { cause })
  }
}
