import { readFileSync } from 'node:fs'
import { CommandError } from './frame.ts'

/**
 * The text of a file that a command names; of standard input for `-`.
 *
 * @throws CommandError when it cannot be read
 */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new CommandError(`The file ${file} cannot be read: check its path.`, { cause })
  }
}
