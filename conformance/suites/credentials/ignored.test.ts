import { beforeAll, describe, expect, test } from 'vitest'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { type Session, sendSignIn, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
})

describe('a call that needs no credentials ignores those that come', () => {
  const cases: [string, () => RequestHeaders][] = [
    ['a bad Bearer', () => ({ Authorization: 'Bearer x.y.z' })],
    ['a bad access_token', () => ({ access_token: 'x.y.z' })],
    ['two different ones', () => ({ Authorization: 'Bearer x.y.z', access_token: 'a.b.c' })],
    ['a good one of the same user', () => ({ Authorization: `Bearer ${session.token}` })],
    ['null, as the page of odoo_jwt says', () => ({ access_token: 'null' })],
    ['a refresh token', () => ({ refreshToken: session.refreshToken })],
  ]

  test.each(cases)('%s at both sign-ins', async (_name, headers) => {
    for (const path of ['/api/authenticate', '/api/login'] as const) {
      expect((await sendSignIn(target.url, target.users.demo, { path, headers: headers() })).status).toBe(200)
    }
  })

  test.each(cases)('%s at /healthz and /readyz', async (_name, headers) => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await call(target.url, { path, headers: headers() })).status).toBe(200)
    }
  })
})
