import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway, startToEnd } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { canStartGateways, target } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('what a start prints', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.stop())

  test('says where it listens and how long the start took', () => {
    expect(gateway.output()).toContain(gateway.url)
    expect(gateway.output()).toMatch(/\d+(\.\d+)? ?m?s\b/)
  })

  test('has calls to copy that work as printed', () => {
    const calls = printedCalls(gateway.output())
    expect(calls.length).toBeGreaterThan(0)
    // One shell for all: a later call may use a variable that an earlier one set.
    const script = ['set -e', ...calls.map((one) => one.replaceAll('curl ', 'curl --fail-with-body --silent '))].join(
      '\n',
    )
    const ran = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 20_000 })
    expect(ran.status, `${script}\n${ran.stdout}${ran.stderr}`).toBe(0)
    expect(ran.stdout).toMatch(/"(records|record|status|result|token)"/)
  })

  test('keeps the random secrets of the demo credentials to their file where nobody reads along', () => {
    // The output is a pipe here, no terminal.
    expect(gateway.output()).toContain('demo-credentials.json')
    expect(gateway.output()).not.toMatch(/ghk_[\w-]{16,}/)
  })
})

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with code 0 and frees the port', async (signal) => {
    const gateway = await startGateway()
    expect(await gateway.stop(signal)).toBe(0)
    await expect(call(gateway.url, { path: '/healthz' })).rejects.toThrow()
    const again = await startGateway({ port: gateway.port })
    expect(await again.stop()).toBe(0)
  })

  test('lets calls in flight finish', async () => {
    const gateway = await startGateway()
    const answers = Array.from({ length: 8 }, () =>
      call(gateway.url, { path: '/api/authenticate', json: target.users.demo }),
    )
    // The first answer proves that the calls have arrived.
    await Promise.race(answers)
    const code = await gateway.stop()
    const settled = await Promise.allSettled(answers)
    const statuses = settled.map((one) => (one.status === 'fulfilled' ? one.value.status : 'broken'))
    expect(statuses).toEqual(Array(8).fill(200))
    expect(code).toBe(0)
  })

  test('a second gateway on the same port ends, and the first one lives', async () => {
    const gateway = await startGateway()
    try {
      const { code, output } = await startToEnd({ port: gateway.port })
      expect(code).not.toBe(0)
      expect(code).not.toBeNull()
      expect(output).toContain(String(gateway.port))
      expect((await call(gateway.url, { path: '/healthz' })).status).toBe(200)
    } finally {
      await gateway.stop()
    }
  })
})

/** The shell commands in the output: lines that begin with curl or set a variable by it, with their continuations. */
function printedCalls(output: string): string[] {
  const joined = output.replace(/\\\n\s*/g, ' ')
  return joined
    .split('\n')
    .map((line) => line.trim().replace(/^\$ /, ''))
    .filter((line) => /^(\w+=.*)?\bcurl /.test(line))
}
