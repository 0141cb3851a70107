import type { AddCommands } from '../command-line/frame.ts'

/** Every subject, in the order in which `--help` lists them. */
export const COMMANDS: readonly AddCommands[] = []
