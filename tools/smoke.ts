import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { printedCalls } from '../conformance/harness/printed-calls.ts'
import { ROOT } from './source-file.ts'

/** The longest waits, in milliseconds: for a ready gateway, for the calls to copy, for their answers, for its end. */
const READY_LIMIT_MS = 60_000
const PRINT_LIMIT_MS = 5_000
const CALLS_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 15_000

/** A program that was started, with what it printed so far. */
type Running = { readonly child: ChildProcess; readonly output: () => string; readonly ended: Promise<number | null> }

/**
 * Does what the README tells a newcomer: starts Gatehouse with `npm start`, waits until it is ready, and runs the calls
 * that it prints, as they are printed. Then stops it and looks whether it is gone. Throws with the output otherwise.
 */
async function smoke(): Promise<void> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-smoke-'))
  const env = { ...process.env, PORT: String(port), GATEHOUSE_DATA: data }
  const gateway = start('npm', ['start'], env)
  try {
    const readyAfterMs = await untilReady(gateway, `http://127.0.0.1:${port}/readyz`)
    say(`ready after ${(readyAfterMs / 1000).toFixed(1)} s on port ${port}`)
    const calls = await untilPrinted(gateway)
    for (const call of calls) say(`printed:  ${call.replaceAll('\n', '\n          ')}`)
    say(`answered: ${await runCalls(calls)}`)
    gateway.child.kill('SIGTERM')
    if ((await before(gateway.ended, STOP_LIMIT_MS)) === TOO_LATE) throw new Error('it did not end after SIGTERM')
    if (await answers(`http://127.0.0.1:${port}/healthz`)) throw new Error('npm ended, but the gateway lives on')
    say('stopped')
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n--- npm start printed:\n${gateway.output()}`)
  } finally {
    killGroup(gateway.child)
    rmSync(data, { recursive: true, force: true })
  }
}

async function untilReady(gateway: Running, url: string): Promise<number> {
  const startMs = Date.now()
  for (;;) {
    const elapsedMs = Date.now() - startMs
    if (await answers(url)) return elapsedMs
    if (gateway.child.exitCode !== null) throw new Error(`npm start ended with code ${gateway.child.exitCode}`)
    if (elapsedMs > READY_LIMIT_MS) throw new Error(`not ready within ${READY_LIMIT_MS} ms`)
    await wait(50)
  }
}

/** The printed calls, once there are some and nothing more was printed for a moment. */
async function untilPrinted(gateway: Running): Promise<readonly string[]> {
  const startMs = Date.now()
  for (let before = ''; ; before = gateway.output()) {
    const output = gateway.output()
    const calls = printedCalls(output)
    if (calls.length > 0 && output === before) return calls
    if (Date.now() - startMs > PRINT_LIMIT_MS) throw new Error('npm start printed no call to copy')
    await wait(200)
  }
}

/** Runs the calls in one shell, in which later ones see what earlier ones set; an HTTP error fails them. */
async function runCalls(calls: readonly string[]): Promise<string> {
  const strict = 'curl() { command curl --silent --show-error --fail-with-body "$@"; }'
  const shell = start('bash', ['-euo', 'pipefail', '-c', [strict, ...calls].join('\n')], process.env)
  const code = await before(shell.ended, CALLS_LIMIT_MS)
  killGroup(shell.child)
  if (code !== 0) throw new Error(`a printed call failed (${String(code)}): ${shell.output()}`)
  return shell.output().trim().slice(0, 400)
}

/** Starts a program in a process group of its own, so that nothing it starts outlives this check. */
function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  ended.catch(() => {}) // whoever awaits it sees the error
  return { child, output: () => output, ended }
}

const TOO_LATE = 'too late' as const

function before<Value>(promise: Promise<Value>, limitMs: number): Promise<Value | typeof TOO_LATE> {
  return Promise.race<Value | typeof TOO_LATE>([promise, wait(limitMs, TOO_LATE, { ref: false })])
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already, which is what is wanted.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()))
    })
  })
}

function say(line: string): void {
  process.stdout.write(`smoke: ${line}\n`)
}

await smoke()
