import { describe, expect, test } from 'vitest'
import { identityErrors } from '../identity/errors.ts'
import { json, serve } from './server.fixture.ts'

const ORIGIN = 'https://shop.example'
const signIn = { method: 'POST', url: '/cookie', payload: '{}' } as const

describe('a call through an API', () => {
  test('is asked for before its handler runs, with the address of the client', async () => {
    const asked: unknown[] = []
    const server = serve({
      admit: async ({ api, grantId, address }) => {
        asked.push([api.name, grantId, address])
        return undefined
      },
    })
    await server.inject({ ...signIn, headers: json })
    expect(asked).toEqual([['shop', undefined, '127.0.0.1']])
  })

  test.each([
    ['x-forwarded-for', []],
    ['forwarded', []],
    ['x-forwarded-for', ['10.0.0.0/8']],
    ['forwarded', ['127.0.0.1']],
  ])('has no certain address with %s from a peer that is not trusted for it (%j)', async (header, trustedProxies) => {
    const asked: unknown[] = []
    const server = serve({
      trustedProxies,
      admit: async ({ address }) => {
        asked.push(address)
        return undefined
      },
    })
    await server.inject({ ...signIn, headers: { ...json, [header]: '10.1.2.3' } })
    expect(asked).toEqual([undefined])
  })

  test('has the address that a trusted proxy tells', async () => {
    const asked: unknown[] = []
    const server = serve({
      trustedProxies: ['127.0.0.1'],
      admit: async ({ address }) => {
        asked.push(address)
        return undefined
      },
    })
    await server.inject({ ...signIn, headers: { ...json, 'x-forwarded-for': '203.0.113.9' } })
    expect(asked).toEqual(['203.0.113.9'])
  })

  test('is refused in the shape of its surface, readable by the origins of the API', async () => {
    const server = serve({ admit: () => Promise.reject(identityErrors['address.refused']()) })
    const answer = await server.inject({ ...signIn, headers: { ...json, origin: ORIGIN } })
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toEqual({
      error: 'address_refused',
      message: 'This API does not take calls from your address.',
    })
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
})

describe('the headers of a limit', () => {
  const rateLimit = { limit: 60, windowSeconds: 60, remaining: 7, resetSeconds: 12 }
  const told = {
    'ratelimit-limit': '60',
    'ratelimit-remaining': '7',
    'ratelimit-reset': '12',
    'ratelimit-policy': '60;w=60',
  }

  test('stand on an answer of a limited API', async () => {
    const answer = await serve({ admit: async () => rateLimit }).inject({ ...signIn, headers: json })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject(told)
  })

  test('and on its errors', async () => {
    const server = serve({ admit: async () => rateLimit })
    const answer = await server.inject({ ...signIn, headers: { ...json, origin: 'https://other.example' } })
    expect(answer.statusCode).toBe(403)
    expect(answer.headers).toMatchObject(told)
  })

  test('are not on the answer to a wrong password, which tells nothing of the database', async () => {
    const answer = await serve({ admit: async () => rateLimit }).inject({ ...signIn, url: '/denied', headers: json })
    expect(answer.statusCode).toBe(401)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([])
  })

  test('stand beside Retry-After where the limit was reached', async () => {
    const data = { retryAfterSeconds: 12, rateLimit: { ...rateLimit, remaining: 0 } }
    const server = serve({ admit: () => Promise.reject(identityErrors['call.limited']({ data })) })
    const answer = await server.inject({ ...signIn, headers: json })
    expect(answer.statusCode).toBe(429)
    expect(answer.headers).toMatchObject({ ...told, 'ratelimit-remaining': '0', 'retry-after': '12' })
  })

  test('are not there without a limit', async () => {
    const answer = await serve().inject({ ...signIn, headers: json })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([])
  })
})
