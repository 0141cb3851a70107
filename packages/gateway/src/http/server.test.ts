import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../kernel/clock.ts'
import { systemRandom } from '../kernel/random.ts'
import { ApiInput } from '../policy/api.ts'
import { compileApi } from '../policy/compile-api.ts'
import { plainErrors } from './error-shape.ts'
import { expectObject } from './json-body.ts'
import { createRequestIds } from './request-id.ts'
import { type Route, route } from './route.ts'
import { createServer } from './server.ts'
import { DEFAULT_LIMITS } from './server-options.ts'

const shop = compileApi(ApiInput.parse({ name: 'shop', database: 'demo', origins: ['https://shop.example'] }))
const other = compileApi(ApiInput.parse({ name: 'other', database: 'demo', origins: ['https://other.example'] }))

const open = { errors: plainErrors, needs: 'nothing' } as const

const routes: readonly Route[] = [
  route({ ...open, method: 'POST', path: '/echo', body: expectObject, handle: ({ body }) => ({ body }) }),
  route({
    ...open,
    method: 'GET',
    path: '/list',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).default(20) }),
    handle: ({ query }) => ({ body: query }),
  }),
  route({
    ...open,
    method: 'GET',
    path: '/broken',
    handle: () => {
      throw new Error('the password is hunter2')
    },
  }),
  route({
    ...open,
    needs: 'door',
    method: 'POST',
    path: '/cookie',
    body: expectObject,
    door: () => ({ api: shop }),
    handle: (call, { api }) => {
      call.refuseForeignOrigin(api)
      return { body: {}, cookies: [{ name: 'c', value: 'v', path: '/api', maxAgeSeconds: 60 }] }
    },
  }),
]

const servers: FastifyInstance[] = []

function serve(publicUrl = 'http://127.0.0.1:8080', unexpected: unknown[] = []): FastifyInstance {
  const server = createServer({
    publicUrl,
    routes,
    apis: () => [shop, other],
    identify: async () => {
      throw new TypeError('no route of this test needs a caller')
    },
    clock: systemClock,
    requestIds: createRequestIds(systemRandom),
    limits: DEFAULT_LIMITS,
    onUnexpected: (error) => unexpected.push(error),
  })
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const json = { 'content-type': 'application/json' }

describe('every answer', () => {
  test('carries a request id, the caller’s own if it is sane', async () => {
    const server = serve()
    const own = await server.inject({ method: 'GET', url: '/list', headers: { 'x-request-id': 'abc-1' } })
    expect(own.headers['x-request-id']).toBe('abc-1')
    const long = await server.inject({ method: 'GET', url: '/list', headers: { 'x-request-id': 'a b' } })
    expect(long.headers['x-request-id']).toMatch(/^req_/)
  })

  test('is not kept by anyone, and not guessed at', async () => {
    const answer = await serve().inject({ method: 'GET', url: '/list' })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })
})

describe('refusals', () => {
  const cases: readonly { name: string; request: object; status: number; error: string }[] = [
    { name: 'an unknown address', request: { method: 'GET', url: '/nothing' }, status: 404, error: 'not_found' },
    {
      name: 'an unknown address, whatever the body',
      request: { method: 'POST', url: '/nothing', headers: { 'content-type': 'text/plain' }, payload: 'x' },
      status: 404,
      error: 'not_found',
    },
    { name: 'another method', request: { method: 'PUT', url: '/list' }, status: 405, error: 'method_not_allowed' },
    {
      name: 'another method, whatever the body',
      request: { method: 'PUT', url: '/list', headers: { 'content-type': 'text/plain' }, payload: 'x' },
      status: 405,
      error: 'method_not_allowed',
    },
    {
      name: 'a form',
      request: {
        method: 'POST',
        url: '/echo',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'a=1',
      },
      status: 415,
      error: 'unsupported_media_type',
    },
    {
      name: 'no media type',
      request: { method: 'POST', url: '/echo', headers: { 'content-type': '' }, payload: '{}' },
      status: 415,
      error: 'unsupported_media_type',
    },
    {
      name: 'no body',
      request: { method: 'POST', url: '/echo', headers: json },
      status: 400,
      error: 'invalid_request',
    },
    {
      name: 'a list',
      request: { method: 'POST', url: '/echo', headers: json, payload: '[]' },
      status: 400,
      error: 'invalid_request',
    },
    {
      name: 'null',
      request: { method: 'POST', url: '/echo', headers: json, payload: 'null' },
      status: 400,
      error: 'invalid_request',
    },
    {
      name: '2 MB',
      request: { method: 'POST', url: '/echo', headers: json, payload: `"${'a'.repeat(2_000_000)}"` },
      status: 413,
      error: 'too_large',
    },
    {
      name: 'a token in the query',
      request: { method: 'GET', url: '/list?access_token=x' },
      status: 400,
      error: 'secret_in_query',
    },
    {
      name: 'a parameter twice',
      request: { method: 'GET', url: '/list?limit=1&limit=2' },
      status: 400,
      error: 'invalid_request',
    },
    {
      name: 'an unknown parameter',
      request: { method: 'GET', url: '/list?lim=1' },
      status: 400,
      error: 'invalid_request',
    },
    {
      name: 'a NUL in a parameter',
      request: { method: 'GET', url: '/list?limit=1%00' },
      status: 400,
      error: 'invalid_request',
    },
  ]
  test.each(cases)('$name: $status $error', async ({ request, status, error }) => {
    const answer = await serve().inject(request)
    expect([answer.statusCode, answer.json().error]).toEqual([status, error])
  })

  test('a method that is not there is told with those that are (RFC 9110 §15.5.6)', async () => {
    const answer = await serve().inject({ method: 'DELETE', url: '/echo' })
    expect(answer.headers.allow).toBe('POST, OPTIONS')
  })

  test('a parameter that is not there is named', async () => {
    const answer = await serve().inject({ method: 'GET', url: '/list?lim=1' })
    expect(answer.json()).toMatchObject({ message: 'There is no parameter "lim".' })
  })

  test('a packed body is 415, not read as if it were plain', async () => {
    const headers = { ...json, 'content-encoding': 'gzip' }
    const answer = await serve().inject({ method: 'POST', url: '/echo', headers, payload: '{}' })
    expect([answer.statusCode, answer.json().error]).toEqual([415, 'unsupported_media_type'])
  })

  test('HEAD is there wherever GET is, without a body (RFC 9110 §9.1)', async () => {
    const answer = await serve().inject({ method: 'HEAD', url: '/list' })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    const refused = await serve().inject({ method: 'PUT', url: '/list' })
    expect(refused.headers.allow).toBe('GET, HEAD, OPTIONS')
  })

  test('headers that are too large are answered 431 with a JSON body', async () => {
    const server = serve()
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const answer = await raw(
      Number(new URL(address).port),
      `GET /list HTTP/1.1\r\nhost: x\r\na: ${'a'.repeat(20_000)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(JSON.parse(answer.slice(answer.indexOf('{'))).error).toBe('header_too_large')
  })

  test('a mistake of ours is 500 without a word about it, and told to the log', async () => {
    const unexpected: unknown[] = []
    const answer = await serve(undefined, unexpected).inject({ method: 'GET', url: '/broken' })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('hunter2')
    expect(unexpected).toHaveLength(1)
  })
})

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
    const answer = await serve(publicUrl).inject({ method: 'POST', url: '/cookie', headers: json, payload: '{}' })
    expect(answer.headers['set-cookie']).toBe(
      `c=v; Max-Age=60; Path=/api; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`,
    )
  })
})

function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
  })
}
