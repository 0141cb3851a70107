import type { Command } from 'commander'
import type { Environment } from '../../config/environment.ts'
import { type Node, openNode } from './node.ts'

/** What a command found or did: for programs (`--json`), and for people. */
export type CommandAnswer = {
  readonly json: unknown
  readonly text: string
  /** 1 for a command that looked and found something wrong (`doctor`, `apply --check`). Default 0. */
  readonly exitCode?: number
}

/** How commands are run and answered, the same for all of them. */
export type CommandFrame = {
  readonly environment: Environment
  /**
   * Opens the installation, runs the command on it and prints its answer on standard output: JSON in one document with
   * `json`, else the text. What it throws is told as one sentence on standard error.
   */
  onNode(options: { readonly json?: boolean }, run: (node: Node) => Promise<CommandAnswer>): Promise<void>
}

/** Makes the frame of this process. */
export function createCommandFrame(environment: Environment, print: (text: string) => void): CommandFrame {
  return {
    environment,
    onNode: async ({ json = false }, run) => {
      const node = await openNode(environment)
      try {
        const answer = await run(node)
        print(json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text.trimEnd()}\n`)
        process.exitCode = answer.exitCode ?? 0
      } finally {
        await node.close()
      }
    },
  }
}

/** Something about a command that its user can mend: told as one sentence that says what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Adds the commands of one subject (`key`, `client`, `api`, …) to the program. */
export type AddCommands = (program: Command, frame: CommandFrame) => void
