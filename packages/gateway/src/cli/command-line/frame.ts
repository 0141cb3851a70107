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
  /** The same for a command that opens what it needs by itself. */
  alone(options: { readonly json?: boolean }, run: () => Promise<CommandAnswer>): Promise<void>
}

/** Makes the frame of this process. */
export function createCommandFrame(environment: Environment, print: (text: string) => void): CommandFrame {
  const tell = ({ json = false }: { readonly json?: boolean }, answer: CommandAnswer) => {
    print(json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text.trimEnd()}\n`)
    process.exitCode = answer.exitCode ?? 0
  }
  return {
    environment,
    onNode: async (options, run) => {
      const node = await openNode(environment)
      try {
        tell(options, await run(node))
      } finally {
        await node.close()
      }
    },
    alone: async (options, run) => tell(options, await run()),
  }
}

/** Something about a command that its user can mend: told as one sentence that says what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Who changed something, where a command did: the word for it in the audit trail. */
export const BY = 'command'

/** Adds the commands of one subject (`key`, `client`, `api`, …) to the program. */
export type AddCommands = (program: Command, frame: CommandFrame) => void
