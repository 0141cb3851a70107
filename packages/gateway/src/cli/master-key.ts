import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { MASTER_SECRET_LENGTH_MIN } from '../tokens/sealer.ts'
import { replacePrivateFile } from './private-file.ts'
import { StartError } from './start-error.ts'

/** Where the master key is kept when the settings do not hold it. */
export function masterKeyFile({ data }: { readonly data: string }): string {
  return join(data, FILE)
}

/** The file in the data directory that keeps the master key. Readable by its owner only. */
const FILE = 'master-key'

/**
 * The text of the master key: from the settings, else from the data directory, where the first start makes it. It is on
 * the disk before anything is sealed with it.
 *
 * @throws StartError when the file cannot be read or written, or is damaged
 */
export function masterKey(
  settings: { readonly secret?: string | undefined; readonly data: string },
  random: Random,
): string {
  if (settings.secret !== undefined) return settings.secret
  const file = join(settings.data, FILE)
  const text = keep(file, random)
  if (text.length >= MASTER_SECRET_LENGTH_MIN) return text
  throw new StartError(`The master key in ${file} is damaged: restore it from a backup.`)
}

/**
 * Puts another master key into the file, all of it or nothing.
 *
 * @throws StartError when it cannot be written
 */
export function replaceMasterKeyFile({ data }: { readonly data: string }, text: string): void {
  const file = join(data, FILE)
  try {
    replacePrivateFile(file, `${text}\n`)
  } catch (cause) {
    throw new StartError(`The master key cannot be written to ${file}: check the data directory.`, { cause })
  }
}

/** The file's text; of a file that is there already nothing is changed. */
function keep(file: string, random: Random): string {
  try {
    writeFileSync(file, `${newSecret(random)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    if (!isThere)
      throw new StartError(`The master key cannot be written to ${file}: check the data directory.`, { cause })
  }
  try {
    // A copy or a restore may have opened the file to others.
    chmodSync(file, 0o600)
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new StartError(`The master key in ${file} cannot be read: make it readable for this user.`, { cause })
  }
}
