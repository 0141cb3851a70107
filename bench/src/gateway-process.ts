import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LAUNCHER = join(import.meta.dirname, '../../packages/gateway/bin/gatehouse.cjs')

/** A gateway in a process of its own, on the sandbox, with a data directory that is thrown away. */
export type GatewayProcess = {
  readonly url: string
  readonly sandboxUrl: string
  readonly startedInMs: number
  /** Resident memory of the process. MiB. */
  residentMiB(): number
  stop(): Promise<void>
}

/** Starts the gateway and waits until it says that it is ready. */
export async function startGatewayProcess(settings: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const port = String(await freePort())
  const startedAt = performance.now()
  const child = spawn(process.execPath, [LAUNCHER, 'serve'], {
    env: { PATH: process.env.PATH, PORT: port, GATEHOUSE_DATA: data, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await readyLine(child)
  const startedInMs = performance.now() - startedAt
  const credentials = JSON.parse(readFileSync(join(data, 'demo-credentials.json'), 'utf8')) as { sandbox_url: string }
  return {
    url: `http://127.0.0.1:${port}`,
    sandboxUrl: credentials.sandbox_url,
    startedInMs,
    residentMiB: () => residentMiB(child),
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function readyLine(child: ChildProcess): Promise<void> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    if (text.includes('demo-credentials.json')) {
      child.stdout?.resume()
      return
    }
  }
  throw new Error(`The gateway ended before it was ready (exit code ${child.exitCode}).`)
}

function residentMiB({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}
