import { describe, expect, test } from 'vitest'
import type { Call } from '../../http/route.ts'
import { metricsRoute } from './metrics.ts'

const TOKEN = 'a-token-of-enough-letters'
const metrics = { text: async () => 'up 1\n', contentType: 'text/plain' }

/** The status for a call from this address with these headers. */
async function statusOf(address: string, headers: Record<string, string | string[]>, token?: string): Promise<number> {
  const route = metricsRoute({ metrics, token })
  if (route.needs !== 'nothing') throw new TypeError('metrics need no sign-in')
  const sent: Record<string, string | string[]> = { host: '127.0.0.1:8080', ...headers }
  // The handler looks at the address and the headers only.
  const call = { address, headerValues: (name: string) => [sent[name] ?? []].flat() } as Partial<Call> as Call
  try {
    return (await route.handle(call)).status ?? 200
  } catch (error) {
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status
    throw error
  }
}

describe('this machine', () => {
  test.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])('%s is answered', async (address) => {
    expect(await statusOf(address, {})).toBe(200)
  })

  test.each([
    ['x-forwarded-for', '127.0.0.1'],
    ['forwarded', 'for=127.0.0.1'],
    ['via', '1.1 proxy'],
    ['x-real-ip', '127.0.0.1'],
    ['x-forwarded-proto', 'https'],
  ])('is not who comes through a proxy that says %s', async (name, value) => {
    expect(await statusOf('127.0.0.1', { [name]: value })).toBe(401)
  })

  test('is not whom another name led here', async () => {
    expect(await statusOf('127.0.0.1', { host: 'rebound.example:8080' })).toBe(401)
    expect(await statusOf('127.0.0.1', { host: 'localhost:8080' })).toBe(200)
  })
})

describe('another machine', () => {
  test.each([
    { name: 'the token', headers: { authorization: `Bearer ${TOKEN}` }, status: 200 },
    { name: 'another token', headers: { authorization: `Bearer ${TOKEN}x` }, status: 401 },
    { name: 'a part of the token', headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, status: 401 },
    { name: 'the token as Basic', headers: { authorization: `Basic ${TOKEN}` }, status: 401 },
    { name: 'the token twice', headers: { authorization: [`Bearer ${TOKEN}`, `Bearer ${TOKEN}`] }, status: 401 },
    { name: 'no token', headers: {}, status: 401 },
    { name: 'an empty token', headers: { authorization: 'Bearer ' }, status: 401 },
  ])('with $name: $status', async ({ headers, status }) => {
    expect(await statusOf('203.0.113.9', headers, TOKEN)).toBe(status)
  })

  test('is refused whatever it sends where no token is set', async () => {
    expect(await statusOf('203.0.113.9', { authorization: 'Bearer undefined' })).toBe(401)
    expect(await statusOf('203.0.113.9', { authorization: 'Bearer' })).toBe(401)
  })
})
