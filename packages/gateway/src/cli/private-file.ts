import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { newId } from '../kernel/id.ts'
import { systemRandom } from '../kernel/random.ts'

/**
 * How files with secrets are opened until they are whole: made here and now, readable by their owner alone. A file or a
 * link that somebody has laid there beforehand is not followed (open(2), O_EXCL).
 */
export const NEW_PRIVATE_FILE = { flags: 'wx', mode: 0o600 } as const

/** The name of a file until it is whole: beside it, and one that nobody can know before. */
export function unfinishedName(file: string): string {
  return `${file}.${newId('part', systemRandom)}`
}

/**
 * Puts a text that its owner alone may read in the place of whatever was there: all of it or nothing. A link is
 * replaced, not followed.
 */
export function replacePrivateFile(file: string, text: string): void {
  const unfinished = unfinishedName(file)
  const { flags, mode } = NEW_PRIVATE_FILE
  const descriptor = openSync(unfinished, flags, mode)
  try {
    writeAndClose(descriptor, text)
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

function writeAndClose(descriptor: number, text: string): void {
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
