import type { Command } from 'commander'
import type { Environment } from '../../config/environment.ts'
import type { OpenOptions } from '../open-installation.ts'
import { CommandError } from './command-error.ts'
import { type Failure, failureOf } from './failure.ts'
import { type Node, openNode } from './node.ts'

export { CommandError }

/** What a command found or did: for programs (`--json`), and for people. */
export type CommandAnswer = {
  readonly json: unknown
  readonly text: string
  /** 1 for a command that looked and found something wrong (`doctor`, `apply --check`). Default 0. */
  readonly exitCode?: number
}

/** How a command is answered. */
export type Answering = {
  readonly json?: boolean | undefined
  /** What a failure ends with, where 1 has another meaning (`apply --check`). */
  readonly failureExitCode?: number | undefined
}

/** How commands are run and answered, the same for all of them. */
export type CommandFrame = {
  readonly environment: Environment
  /**
   * Opens the installation, runs the command on it and prints its answer on standard output: JSON in one document with
   * `json`, else the text. What it throws is told as one sentence on standard error, with `json` as `{error, code}`.
   */
  onNode(options: Answering, run: (node: Node) => Promise<CommandAnswer>): Promise<void>
  /** The same for what may come before the first start of the gateway: where there is no installation, it is made. */
  onNewNode(options: Answering, run: (node: Node) => Promise<CommandAnswer>): Promise<void>
  /** The same for a command that opens what it needs by itself. */
  alone(options: Answering, run: () => Promise<CommandAnswer>): Promise<void>
}

/** Where a process prints, and how it ends early. */
export type CommandOutput = {
  print(text: string): void
  warn(text: string): void
  exit(code: number): void
}

/** Makes the frame of this process. */
export function createCommandFrame(environment: Environment, output: CommandOutput): CommandFrame {
  const alone: CommandFrame['alone'] = async ({ json = false, failureExitCode }, run) => {
    try {
      const answer = await run()
      output.print(json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text.trimEnd()}\n`)
      process.exitCode = answer.exitCode ?? 0
    } catch (error) {
      const failure = failureOf(error)
      output.warn(json ? `${JSON.stringify(failure.json)}\n` : failureLine(failure))
      output.exit(failureExitCode ?? failure.exitCode)
    }
  }
  const on =
    (opening: OpenOptions): CommandFrame['onNode'] =>
    (options, run) =>
      alone(options, async () => {
        const node = await openNode(environment, opening)
        try {
          return await run(node)
        } finally {
          await node.close()
        }
      })
  return { environment, alone, onNode: on({ mayMake: false }), onNewNode: on({ mayMake: true }) }
}

/** A failure as people read it. */
export function failureLine({ text }: Pick<Failure, 'text'>): string {
  return `gatehouse: ${text}\n`
}

/** Who changed something, where a command did: the word for it in the audit trail. */
export const BY = 'command'

/** Adds the commands of one subject (`key`, `client`, `api`, …) to the program. */
export type AddCommands = (program: Command, frame: CommandFrame) => void
