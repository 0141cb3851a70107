import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { target } from '../../harness/target.ts'

const POST_ONLY = [
  '/api/authenticate',
  '/api/update/access-token',
  '/api/update/refresh-token',
  '/api/revoke/token',
  '/api/protected/json',
]

describe.each(POST_ONLY)('%s with a method that it does not have', (path) => {
  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])(
    '%s: 405 that names POST in Allow (RFC 9110 §15.5.6)',
    async (method) => {
      const answer = await call(target.url, { path, method })
      expectRefused(answer, { status: 405 })
      expect(answer.headers.allow).toMatch(/\bPOST\b/)
    },
  )
})

test.each(['PUT', 'PATCH', 'DELETE'])('/api/login with %s: 405 that names GET and POST', async (method) => {
  const answer = await call(target.url, { path: '/api/login', method })
  expectRefused(answer, { status: 405 })
  expect(answer.headers.allow).toMatch(/\bGET\b/)
  expect(answer.headers.allow).toMatch(/\bPOST\b/)
})
