import { spawn } from 'node:child_process'
import { LAUNCHER } from './launcher.ts'

/** Longest wait for a command to end, in milliseconds. */
const LIMIT_MS = 30_000

/** What a command is run with; nothing else of the environment reaches it. */
export type CommandOptions = {
  /** The data directory of the installation, whether a gateway runs on it or not. */
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  /** What it reads from standard input; nothing when left out. */
  readonly input?: string
}

/** How a command ended and what it printed. */
export type EndedCommand = {
  /** The exit code; `null` for one that had to be killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as JSON; `undefined` when it is none. */
  readonly json: unknown
}

/** Runs `gatehouse` with these arguments, as an administrator does, until it ends. */
export function runGatehouse(args: readonly string[], options: CommandOptions): Promise<EndedCommand> {
  const { dataDir, env = {}, input = '' } = options
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: dataDir,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', GATEHOUSE_DATA: dataDir, ...env },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
    })
  }
  // A command that does not read it may have closed it.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...output, json: parseJson(output.stdout) }))
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
