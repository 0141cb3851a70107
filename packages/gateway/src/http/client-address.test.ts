import { describe, expect, test } from 'vitest'
import { serve } from './server.fixture.ts'

/** The address that the log is told of, for a call from 127.0.0.1 with this header. */
async function toldAddress(trustedProxies: readonly string[], forwardedFor: string): Promise<string | undefined> {
  const told: (string | undefined)[] = []
  const server = serve({ trustedProxies, onFinished: ({ address }) => told.push(address) })
  await server.inject({ method: 'GET', url: '/list', headers: { 'x-forwarded-for': forwardedFor } })
  return told[0]
}

describe('X-Forwarded-For', () => {
  test('of a peer that is no trusted proxy is not believed', async () => {
    expect(await toldAddress([], '203.0.113.9')).toBe('127.0.0.1')
    expect(await toldAddress(['10.0.0.0/8'], '203.0.113.9')).toBe('127.0.0.1')
  })

  test('of a trusted proxy tells the client', async () => {
    expect(await toldAddress(['127.0.0.1'], '203.0.113.9')).toBe('203.0.113.9')
  })

  test('what the client itself put in front is not believed', async () => {
    expect(await toldAddress(['127.0.0.0/8'], '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9')
  })
})
