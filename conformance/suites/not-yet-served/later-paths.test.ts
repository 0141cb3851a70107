import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** Paths of the contract that are built later. A row leaves this list when its surface comes. */
const LATER: [string, string][] = [
  ['POST', '/api/v1/auth/login'],
  ['GET', '/api/v1/contacts'],
  ['POST', '/api/v1/projects'],
  ['GET', '/restapi/1.0/common/version'],
  ['POST', '/restapi/1.0/common/oauth2/token'],
  ['GET', '/restapi/1.0/object/res.partner'],
  ['POST', '/web/session/authenticate'],
  ['POST', '/web/dataset/call_kw'],
  ['POST', '/web/dataset/call_kw/res.partner/read'],
  ['POST', '/jsonrpc'],
  ['GET', '/default/oauth2/provider/authorize'],
  ['GET', '/default/res.partner'],
  ['POST', '/auth/oauth2/token'],
  ['POST', '/oauth2/token'],
  ['GET', '/oauth2/authorize'],
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/admin'],
  ['GET', '/admin/api'],
  ['GET', '/docs'],
  ['GET', '/openapi.json'],
  ['GET', '/web/database/manager'],
]

let token: string

beforeAll(async () => {
  token = (await signIn(target.url, target.users.admin)).token
})

describe('what comes later answers 404', () => {
  test.each(LATER)('%s %s, with a good token and without', async (method, path) => {
    for (const headers of [{}, { Authorization: `Bearer ${token}` }]) {
      const answer = await call(target.url, { method, path, headers, json: method === 'POST' ? {} : undefined })
      expect(answer.status).toBe(404)
      expect(answer.headers['content-type']).toMatch(/^application\/json\b/)
      expect(answer.json).toMatchObject({ error: expect.any(String), message: expect.any(String) })
      expect(answer.cookies).toEqual([])
    }
  })
})
