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

/** What tells where a master key is. */
type Place = { readonly secret?: string | undefined; readonly data: string }

/**
 * The text of the master key: from the settings, else from the data directory.
 *
 * @throws StartError when there is no such file, or it cannot be read or is damaged
 */
export function masterKey(settings: Place): string {
  if (settings.secret !== undefined) return settings.secret
  const file = join(settings.data, FILE)
  const text = read(file)
  if (text.length >= MASTER_SECRET_LENGTH_MIN) return text
  throw new StartError(`The master key in ${file} is damaged: ${PUT_BACK}.`)
}

/**
 * The same for a store that is yet to be made: where there is no master key, one is made. It is on the disk before
 * anything is sealed with it.
 *
 * @throws StartError when the file cannot be read or written, or is damaged
 */
export function masterKeyOfNewStore(settings: Place, random: Random): string {
  if (settings.secret === undefined) makeUnlessThere(join(settings.data, FILE), random)
  return masterKey(settings)
}

const PUT_BACK = 'put your copy of it back, or set GATEHOUSE_SECRET'

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

/** A file that is there already stays as it is. */
function makeUnlessThere(file: string, random: Random): void {
  try {
    writeFileSync(file, `${newSecret(random)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    if (!isThere)
      throw new StartError(`The master key cannot be written to ${file}: check the data directory.`, { cause })
  }
}

function read(file: string): string {
  try {
    // A copy or a restore may have opened the file to others.
    chmodSync(file, 0o600)
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    const sentence = isMissing
      ? `${file} is missing, and the store was made with one: ${PUT_BACK}.`
      : `The master key in ${file} cannot be read: make it readable for this user.`
    throw new StartError(sentence, { cause })
  }
}
