import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { LAUNCHER } from './launcher.ts'

const LIMIT_MS = 20_000

/** A command that was started. */
export type SandboxProcess = {
  readonly stdout: () => string
  readonly stderr: () => string
  /** The exit code; `null` for an end by a signal. */
  readonly ended: Promise<number | null>
  /** Resolves when what it printed on standard output matches. Throws when it ends before, or takes too long. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Sends a signal (default SIGTERM) and answers the exit code. One that does not end is killed. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>
}

/** Runs `gatehouse sandbox` with these arguments, as a user does; nothing of the environment but what is given. */
export function runSandboxCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}): SandboxProcess {
  const child = spawn(process.execPath, [LAUNCHER, 'sandbox', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  void ended.then(() => process.removeListener('exit', killAtExit))
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    printed: async (pattern) => {
      const deadline = Date.now() + LIMIT_MS
      for (;;) {
        const found = pattern.exec(output.stdout)
        if (found !== null) return found
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(`${pattern} was not printed:\n${output.stdout}${output.stderr}`)
        }
        await wait(20)
      }
    },
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null) child.kill(signal)
      const code = await Promise.race([ended, wait(LIMIT_MS, 'late' as const, { ref: false })])
      if (code !== 'late') return code
      child.kill('SIGKILL')
      return null
    },
  }
}
