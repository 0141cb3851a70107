import { readFileSync } from 'node:fs'
import { isCancel, password } from '@clack/prompts'
import { CommandError } from './frame.ts'

/**
 * A secret from standard input, without the line's end; on a terminal it is asked for and not shown. Never from an
 * argument: those stand in histories and in lists of processes.
 *
 * @param what as people call it ("the password of demo")
 * @throws CommandError when there is none
 */
export async function readSecret(what: string): Promise<string> {
  const text = process.stdin.isTTY ? await ask(what) : readFileSync(0, 'utf8').replace(/\r?\n$/, '')
  if (text === '') throw new CommandError(`Standard input is empty: write ${what} to it, for example from a file.`)
  return text
}

async function ask(what: string): Promise<string> {
  const answer = await password({ message: `Type ${what}`, output: process.stderr })
  if (isCancel(answer)) throw new CommandError('Nothing was changed.')
  return answer
}
