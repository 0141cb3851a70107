import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdooVersion, Sandbox } from './index.ts'
import { type Client, post, signIn, startTestSandbox } from './testing/client.ts'

/**
 * A call that was made to a real server with demonstration data, and its answer: `fixtures/recorded-<version>.jsonl`,
 * one a line. These are the recorded reads and refusals that need no preparation and whose answers hang on nothing but
 * the demonstration data. Messages are kept where Odoo wrote them for people.
 */
type Recorded = {
  readonly id: string
  readonly as: 'admin' | 'demo' | 'portal'
  readonly params: Readonly<Record<string, unknown>>
  readonly answer: { readonly result?: unknown; readonly exception?: string; readonly message?: string }
}

describe.each([17, 18, 19] as const)('a real Odoo %s and the sandbox answer alike', (version) => {
  let sandbox: Sandbox
  const clients = new Map<string, Client>()

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion: version })
    for (const login of ['admin', 'demo', 'portal']) clients.set(login, await signIn(sandbox, login))
  })

  afterAll(() => sandbox.close())

  test.each(recordedIn(version))('$id', async ({ as, params, answer }) => {
    const { body, hasResult } = await post(sandbox, '/web/dataset/call_kw', params, clients.get(as)?.sessionId)
    expect(body.error?.data.name).toBe(answer.exception)
    if (answer.message !== undefined) expect(body.error?.data.message).toBe(answer.message)
    expect(hasResult).toBe('result' in answer)
    expect(body.result).toEqual(anyMoment(answer.result))
  })
})

function recordedIn(version: OdooVersion): Recorded[] {
  const file = new URL(`./fixtures/recorded-${version}.jsonl`, import.meta.url)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line): Recorded => JSON.parse(line))
}

/** Moments of the log are those of the installation: any will do. */
function anyMoment(value: unknown): unknown {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) {
    return expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  }
  if (Array.isArray(value)) return value.map(anyMoment)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, anyMoment(item)]))
}
