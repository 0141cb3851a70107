import { startGatewayProcess } from './gateway-process.ts'
import { latencies } from './load.ts'
import type { Row } from './report.ts'
import { signIn } from './sign-in.ts'

const TARGET_MIB = 200
const REQUESTS = 10_000
const A_TOKEN = 1_000

/** The memory of the whole process, sandbox included, after 10,000 requests for records. */
export async function measureMemory(): Promise<readonly Row[]> {
  const gateway = await startGatewayProcess({ LOG_LEVEL: 'silent' })
  try {
    for (let sent = 0; sent < REQUESTS; sent += A_TOKEN) {
      const query = new URLSearchParams({ model: 'res.partner', fields: '["name"]', limit: '5' })
      const headers = { authorization: `Bearer ${await signIn(gateway.url)}` }
      await latencies({ url: `${gateway.url}/api/send_request?${query}`, method: 'GET', headers }, A_TOKEN)
    }
    const resident = gateway.residentMiB()
    return [
      {
        what: `resident memory after ${REQUESTS} requests, sandbox included`,
        target: `≤ ${TARGET_MIB} MiB`,
        measured: `${resident.toFixed(0)} MiB`,
        met: resident <= TARGET_MIB,
      },
    ]
  } finally {
    await gateway.stop()
  }
}
