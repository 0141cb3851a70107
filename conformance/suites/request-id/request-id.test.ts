import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Call, call } from '../../harness/http-call.ts'
import { target } from '../../harness/target.ts'

/** One call for each kind of answer. */
const CALLS: [string, Call, number][] = [
  ['a success', { path: '/healthz' }, 200],
  ['a page', { path: '/api/login' }, 200],
  ['a sign-in', { path: '/api/authenticate', json: target.users.demo }, 200],
  ['a refusal', { path: '/api/protected/json', json: {} }, 401],
  [
    'a body that is no JSON',
    { path: '/api/authenticate', headers: { 'Content-Type': 'application/json' }, body: '{' },
    400,
  ],
  ['a body too large', { path: '/api/authenticate', json: { login: 'x'.repeat(2 ** 20 + 1) } }, 413],
  ['a wrong method', { path: '/api/protected/json', method: 'DELETE' }, 405],
  ['an unknown path', { path: '/no/such/path' }, 404],
  ['a header too large', { path: '/healthz', headers: { 'X-Large': 'x'.repeat(100_000) } }, 431],
]

describe('X-Request-Id', () => {
  test.each(CALLS)('is on %s', async (_name, request, status) => {
    const answer = await call(target.url, request)
    expect(answer.status).toBe(status)
    expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{8,}$/)
  })

  test('is one of its own for every call', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await call(target.url, { path: '/healthz' })).headers['x-request-id']),
    )
    expect(new Set(ids).size).toBe(3)
  })

  test.each([randomUUID(), 'build-7_step.3', 'a1b2c3d4e5f6'])(
    "is the caller's own where that is sane: %s",
    async (id) => {
      for (const path of ['/healthz', '/no/such/path']) {
        expect((await call(target.url, { path, headers: { 'X-Request-Id': id } })).headers['x-request-id']).toBe(id)
      }
    },
  )

  test.each([
    ['empty', ''],
    ['with blanks', 'two words'],
    ['a tag', '<script>alert(1)</script>'],
    ['with quotes', 'a"b\'c'],
    ['too long', 'x'.repeat(1_000)],
    ['not ASCII', 'h\u00e9llo'],
  ])('is a new one where the caller sent something else: %s', async (_name, id) => {
    const answer = await call(target.url, { path: '/healthz', headers: { 'X-Request-Id': id } })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{8,}$/)
    expect(answer.headers['x-request-id']).not.toBe(id)
  })
})
