import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { target } from '../../harness/target.ts'

describe.each(['/healthz', '/readyz'])('GET %s', (path) => {
  test('answers 200 without a sign-in', async () => {
    expect((await call(target.url, { path })).status).toBe(200)
  })

  test('tells no host names, addresses, versions or databases', async () => {
    const { text, headers } = await call(target.url, { path })
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|https?:|\d+\.\d+|fastify|node\b|sqlite/i)
    expect(text).not.toContain(`"${target.database}"`)
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
  })

  test('sets no cookie and is not kept by caches', async () => {
    const answer = await call(target.url, { path })
    expect(answer.cookies).toEqual([])
    expect(answer.headers['cache-control']).toMatch(/no-store|no-cache/)
  })
})

test('answers that carry tokens are not kept by caches (RFC 6749 §5.1)', async () => {
  const answer = await call(target.url, { path: '/api/authenticate', json: target.users.demo })
  expect(answer.headers['cache-control']).toMatch(/no-store/)
})
