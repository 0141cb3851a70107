import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startGatewayProcess } from './gateway-process.ts'
import { type LoadResult, load, median, type Shot } from './load.ts'
import type { Row } from './report.ts'
import { signIn } from './sign-in.ts'

const TARGET = 0.6
const ROUNDS = 5
const SECONDS = 3
const CONNECTIONS = 128

/** `POST /api/protected/json` with a token that was verified before, beside a bare fastify route with the same answer. */
export async function measureProtectedCall(): Promise<readonly Row[]> {
  // No log: the bare route has none either.
  const gateway = await startGatewayProcess({ LOG_LEVEL: 'silent' })
  const json = { 'content-type': 'application/json' }
  const shotAt = async (): Promise<Shot> => ({
    url: `${gateway.url}/api/protected/json`,
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${await signIn(gateway.url)}` },
    body: '{}',
  })
  const first = await shotAt()
  const answer = await fetch(first.url, { method: 'POST', headers: first.headers, body: '{}' })
  const bare = await startBare(await answer.text())
  const ratios: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await load(await shotAt(), CONNECTIONS, SECONDS)
      const theirs = await load({ url: bare.url, method: 'POST', headers: json, body: '{}' }, CONNECTIONS, SECONDS)
      refuseFailures(ours, theirs)
      ratios.push(ours.perSecond / theirs.perSecond)
    }
  } finally {
    bare.close()
    await gateway.stop()
  }
  const ratio = median(ratios)
  return [
    {
      what: `POST /api/protected/json beside a bare fastify route, ${CONNECTIONS} connections`,
      target: `≥ ${TARGET}`,
      measured: `${ratio.toFixed(2)} (median of ${ROUNDS} rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')})`,
      met: ratio >= TARGET,
    },
  ]
}

async function startBare(answer: string): Promise<{ url: string; close(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), answer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { url: String(line).trim(), close: () => child.kill() }
}

function refuseFailures(...results: readonly LoadResult[]): void {
  if (results.some(({ failures }) => failures > 0)) throw new Error('A load met answers that are not 2xx.')
}
