import { describe, expect, test } from 'vitest'
import { json, serve } from './server.fixture.ts'

describe('cross-origin reading', () => {
  test('before the API is known, the origins of every API may read a refusal', async () => {
    const headers = { origin: 'https://other.example' }
    const answer = await serve().inject({ method: 'GET', url: '/list?limit=none', headers })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': 'https://other.example', vary: 'Origin' })
  })

  test('what belongs to no API is for no other origin, even one of an API', async () => {
    const answer = await serve().inject({ method: 'GET', url: '/list', headers: { origin: 'https://other.example' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ vary: 'Origin' })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('an origin of the API may read the answer', async () => {
    const headers = { ...json, origin: 'https://shop.example' }
    const answer = await serve().inject({ method: 'POST', url: '/cookie', headers, payload: '{}' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': 'https://shop.example' })
  })

  test('once the API is known, only its own origins may', async () => {
    const headers = { ...json, origin: 'https://other.example' }
    const answer = await serve().inject({ method: 'POST', url: '/cookie', headers, payload: '{}' })
    expect(answer.statusCode).toBe(403)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('a preflight is answered without a sign-in', async () => {
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    }
    const answer = await serve().inject({ method: 'OPTIONS', url: '/echo', headers })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization, content-type',
    })
  })

  test('an unknown origin gets no permission', async () => {
    const headers = { origin: 'https://evil.example' }
    const answer = await serve().inject({ method: 'GET', url: '/list?limit=none', headers })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('cookie calls', () => {
  const cases: readonly { name: string; headers: Record<string, string>; status: number }[] = [
    { name: 'no browser', headers: {}, status: 200 },
    { name: 'a page of ours', headers: { origin: 'http://127.0.0.1:8080' }, status: 200 },
    { name: 'an origin of the API', headers: { origin: 'https://shop.example' }, status: 200 },
    { name: 'an origin of another API', headers: { origin: 'https://other.example' }, status: 403 },
    { name: 'a foreign origin', headers: { origin: 'https://evil.example' }, status: 403 },
    { name: 'the origin null', headers: { origin: 'null' }, status: 403 },
    { name: 'a cross-site request', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  ]
  test.each(cases)('$name: $status', async ({ headers, status }) => {
    const answer = await serve().inject({
      method: 'POST',
      url: '/cookie',
      headers: { ...json, ...headers },
      payload: '{}',
    })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['set-cookie'] !== undefined).toBe(status === 200)
  })

  test.each([
    ['http://127.0.0.1:8080', false],
    ['https://api.example', true],
  ])('the cookie of %s is Secure: %s', async (publicUrl, secure) => {
    const answer = await serve({ publicUrl }).inject({ method: 'POST', url: '/cookie', headers: json, payload: '{}' })
    expect(answer.headers['set-cookie']).toBe(
      `c=v; Max-Age=60; Path=/api; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`,
    )
  })
})
