import { startGatewayProcess } from './gateway-process.ts'
import { latencies, median, type Shot } from './load.ts'
import type { Row } from './report.ts'
import { signIn, signInToOdoo } from './sign-in.ts'

const TARGET_MS = 1.5
const ROUNDS = 7
const SHOTS = 100

/** A page of 20 partners through the gateway, beside the same `web_search_read` sent straight to the sandbox. */
export async function measureList(): Promise<readonly Row[]> {
  const gateway = await startGatewayProcess({ LOG_LEVEL: 'silent' })
  const straight = straightShot(gateway.sandboxUrl, await signInToOdoo(gateway.sandboxUrl))
  const added: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const through = listShot(gateway.url, await signIn(gateway.url))
      added.push(median(await latencies(through, SHOTS)) - median(await latencies(straight, SHOTS)))
    }
  } finally {
    await gateway.stop()
  }
  // The first round is warm-up for both arms.
  const middle = median(added.slice(1))
  return [
    {
      what: 'list of 20 partners through the gateway, added p50 at one client',
      target: `≤ ${TARGET_MS} ms`,
      measured: `${middle.toFixed(2)} ms (median of ${ROUNDS - 1} rounds)`,
      met: middle <= TARGET_MS,
    },
  ]
}

function listShot(gatewayUrl: string, token: string): Shot {
  const query = new URLSearchParams({ model: 'res.partner', fields: '["name","email"]', limit: '20' })
  return {
    url: `${gatewayUrl}/api/send_request?${query}`,
    method: 'GET',
    headers: { authorization: `Bearer ${token}` },
  }
}

function straightShot(odooUrl: string, cookie: string): Shot {
  const kwargs = { domain: [], specification: { name: {}, email: {} }, limit: 20, offset: 0, order: 'id' }
  const params = { model: 'res.partner', method: 'web_search_read', args: [], kwargs }
  return {
    url: `${odooUrl}/web/dataset/call_kw/res.partner/web_search_read`,
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params }),
  }
}
