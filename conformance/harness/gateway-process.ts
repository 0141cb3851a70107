import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { call } from './http-call.ts'
import { LAUNCHER } from './launcher.ts'

/** Longest wait for `/readyz`, and for the end after SIGTERM, in milliseconds. */
const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 10_000

/** How a gateway is started. */
export type GatewayOptions = {
  /** Contents of the settings file (`GATEHOUSE_CONFIG`); JSON is YAML. Text is written as it is. */
  readonly settings?: object | string
  /** Environment on top of HOST, PORT and GATEHOUSE_DATA; `undefined` leaves a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default: a port that was free a moment ago. */
  readonly port?: number
  /** Default: a fresh directory, removed at the end. A given one is kept. */
  readonly dataDir?: string
}

/** A running gateway. */
export type Gateway = {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  /** All that it printed so far, both streams. */
  output(): string
  /** How it ended: its exit code or the signal; `undefined` while it runs. */
  ending(): string | undefined
  /** Ends it with the signal (default SIGTERM) and answers its exit code; `null` when it had to be killed. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>
}

/** Starts a gateway and waits until `/readyz` answers 200. Throws with its output when it ends or hangs before. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const running = await launch(options)
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    const ready = await isReady(running.url)
    // Asked after the answer: what answers on this port could be something else.
    const ending = running.ending()
    if (ready && ending === undefined) return running
    if (ending !== undefined || Date.now() > deadline) {
      await running.stop()
      const what = ending === undefined ? `was not ready within ${START_LIMIT_MS} ms` : `ended at its start (${ending})`
      throw new Error(`the gateway ${what}:\n${running.output()}`)
    }
    await wait(25)
  }
}

/** What a start that should fail left behind. */
export type EndedStart = { readonly code: number | null; readonly output: string }

/** Starts a gateway that is expected to end by itself. One that does not is stopped, and `code` is `null`. */
export async function startToEnd(options: GatewayOptions, limitMs = 15_000): Promise<EndedStart> {
  const running = await launch(options)
  const code = await Promise.race([running.ended, wait(limitMs, null)])
  await running.stop()
  return { code, output: running.output() }
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

type Launched = Gateway & { readonly child: ChildProcess; readonly ended: Promise<number | null> }

async function launch(options: GatewayOptions): Promise<Launched> {
  const port = options.port ?? (await freePort())
  const workDir = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'))
  const dataDir = options.dataDir ?? join(workDir, 'data')
  const child = spawn(process.execPath, [LAUNCHER, 'serve'], {
    cwd: workDir,
    env: environment(options, port, dataDir, workDir),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const ending = () => (child.exitCode === null ? (child.signalCode ?? undefined) : `code ${child.exitCode}`)
  const stop = async (signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') => {
    if (ending() === undefined) child.kill(signal)
    const code = await Promise.race([ended, wait(STOP_LIMIT_MS, 'late' as const)])
    if (code === 'late') child.kill('SIGKILL')
    process.removeListener('exit', killAtExit)
    rmSync(workDir, { recursive: true, force: true, maxRetries: 3 })
    return code === 'late' ? null : code
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    output: () => chunks.join(''),
    ending,
    stop,
    child,
    ended,
  }
}

function environment(options: GatewayOptions, port: number, dataDir: string, workDir: string): NodeJS.ProcessEnv {
  const settings: Record<string, string> = {}
  if (options.settings !== undefined) {
    settings.GATEHOUSE_CONFIG = join(workDir, 'gatehouse.yaml')
    const text = typeof options.settings === 'string' ? options.settings : JSON.stringify(options.settings, null, 2)
    writeFileSync(settings.GATEHOUSE_CONFIG, text)
  }
  // Nothing else is inherited: a variable of the developer's shell must not decide what is tested.
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, LANG: 'C.UTF-8' }
  const own = { HOST: '127.0.0.1', PORT: String(port), GATEHOUSE_DATA: dataDir, ...settings }
  const all = { ...inherited, ...own, ...options.env }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await call(url, { path: '/readyz' })).status === 200
  } catch {
    return false
  }
}
