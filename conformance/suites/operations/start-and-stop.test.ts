import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
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

  test('lets a call in flight finish', async () => {
    const gateway = await startGateway()
    const pending = openSignIn(gateway.url)
    await pending.arrived
    const ended = gateway.stop()
    // New connections are refused from here on, and the old one is still served.
    await expect.poll(() => isListening(gateway.url), { timeout: 5_000 }).toBe(false)
    pending.finish()
    expect(await pending.status).toBe(200)
    expect(await ended).toBe(0)
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

/** A sign-in whose body is held back until `finish`. `arrived` is told by the server's own `100 Continue`. */
function openSignIn(url: string): { arrived: Promise<unknown>; finish(): void; status: Promise<number | undefined> } {
  const body = JSON.stringify(target.users.demo)
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Expect: '100-continue',
  }
  const request = httpRequest(`${url}/api/authenticate`, { method: 'POST', headers, agent: false })
  const status = new Promise<number | undefined>((resolve, reject) => {
    request.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
    })
    request.on('error', reject)
  })
  request.flushHeaders()
  return { arrived: once(request, 'continue'), finish: () => request.end(body), status }
}

async function isListening(url: string): Promise<boolean> {
  try {
    await call(url, { path: '/healthz' })
    return true
  } catch {
    return false
  }
}
