import { describe, expect, test } from 'vitest'
import { json, raw, serve } from './server.fixture.ts'

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

  test.each([
    ['/list?lim=1', 'There is no parameter "lim".'],
    [`/list?${'a'.repeat(999)}=1`, `There is no parameter "${'a'.repeat(64)}".`],
    ['/list?limit=1&limit=2', 'The parameter "limit" is there twice.'],
    [`/list?${'a'.repeat(999)}=1&${'a'.repeat(999)}=2`, `The parameter "${'a'.repeat(64)}" is there twice.`],
  ])('a parameter that is wrong is named, and not at any length: %s', async (url, message) => {
    expect((await serve().inject({ method: 'GET', url })).json()).toMatchObject({ message })
  })

  test.each([
    { name: '65 levels', payload: `{"a":${'['.repeat(64)}`, limit: '64 levels are the limit' },
    { name: 'a byte above 1 MiB', payload: ' '.repeat(2 ** 20 + 1), limit: '1 MiB is the limit' },
  ])('a body of $name is told the limit', async ({ payload, limit }) => {
    const answer = await serve().inject({ method: 'POST', url: '/echo', headers: json, payload })
    expect(answer.json().message).toContain(limit)
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
    const answer = await serve({ onUnexpected: (error) => unexpected.push(error) }).inject({
      method: 'GET',
      url: '/broken',
    })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('hunter2')
    expect(unexpected).toHaveLength(1)
  })
})
