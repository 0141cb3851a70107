import { beforeAll, describe, expect, test } from 'vitest'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { readProtected, type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
})

/** What the clients of odoo_jwt send where they have no token. */
const NOTHINGS = ['', 'null', 'undefined']

describe.each(NOTHINGS)('a credential that says "%s" is absent', (nothing) => {
  test('alone it is no credential: 401', async () => {
    for (const headers of [
      { Authorization: nothing },
      { Authorization: `Bearer ${nothing}` },
      { access_token: nothing },
      { 'access-token': nothing },
      { 'X-API-Key': nothing },
    ]) {
      expectUnauthorized(await readProtected(target.url, headers))
    }
  })

  test.each(['access_token', 'access-token', 'X-API-Key', 'api-key', 'refreshToken'])(
    'beside a good one it is no second credential: %s',
    async (name) => {
      const headers = { Authorization: `Bearer ${await session.bearer()}`, [name]: nothing }
      expect((await readProtected(target.url, headers)).status).toBe(200)
    },
  )

  test('in Authorization it leaves the place to access_token', async () => {
    for (const authorization of [nothing, `Bearer ${nothing}`]) {
      const headers = { Authorization: authorization, access_token: await session.bearer() }
      expect((await readProtected(target.url, headers)).status).toBe(200)
    }
  })
})
