import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { recordsOf } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { rotate, sendSignIn, signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const { demo } = target.users

// skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
describe.skipIf(!target.hasExtraApis)('the API of a grant', () => {
  test('is the one that X-Gatehouse-Api names at sign-in', async () => {
    const reader = recordsOf(await signIn(target.url, demo, { api: 'reader' }))
    expect((await reader.read('res.partner', { fields: ['name'], limit: 1 })).status).toBe(200)
    expectRefused(await reader.read('res.country', { fields: ['name'], limit: 1 }), { status: 403 })
  })

  test('is the default one of the database where none is named', async () => {
    const records = recordsOf(await signIn(target.url, demo))
    expect((await records.read('res.country', { fields: ['name'], limit: 1 })).status).toBe(200)
  })

  test('stays the same through renewal and rotation', async () => {
    const session = await rotate(await signIn(target.url, demo, { api: 'reader' }))
    const { json } = await updateAccessToken(session)
    const token = textAt(json, 'access_token')
    const records = recordsOf({ ...session, bearer: async () => token })
    expectRefused(await records.read('res.country', { fields: ['name'], limit: 1 }), { status: 403 })
  })

  test('may be named again on a later call', async () => {
    const { token } = await signIn(target.url, demo, { api: 'reader' })
    expect((await listPartners(token, 'reader')).status).toBe(200)
  })

  test.each(['default', 'fenced', 'no-such-api'])('is 403 where a later call names another: %s', async (api) => {
    const { token } = await signIn(target.url, demo, { api: 'reader' })
    expectRefused(await listPartners(token, api), { status: 403 })
    expect((await listPartners(token, undefined)).status).toBe(200)
  })

  test('is 403 at a refresh that names another, and the grant lives on', async () => {
    const session = await signIn(target.url, demo, { api: 'reader' })
    const answer = await call(target.url, {
      path: '/api/update/access-token',
      headers: { refreshToken: session.refreshToken, 'X-Gatehouse-Api': 'default' },
      json: { user_id: session.userId },
    })
    expectRefused(answer, { status: 403 })
    expect((await updateAccessToken(session)).status).toBe(200)
  })
})

describe('an API that there is not', () => {
  test.each(['no-such-api', 'Default', 'a', '../default', 'x'.repeat(100), 'default, reader'])(
    'gives no tokens at sign-in: %s',
    async (api) => {
      const answer = await sendSignIn(target.url, demo, { api })
      expectRefused(answer, { status: [400, 401, 403] })
      expect(answer.cookies).toEqual([])
    },
  )

  test('is not made by naming it on a protected call', async () => {
    const { token } = await signIn(target.url, demo)
    expectRefused(await listPartners(token, 'no-such-api'), { status: 403 })
    expect((await useToken(target.url, token)).status).toBe(200)
  })
})

function listPartners(token: string, api: string | undefined) {
  return call(target.url, {
    path: '/api/send_request',
    query: { model: 'res.partner', fields: '["name"]', limit: 1 },
    headers: { Authorization: `Bearer ${token}`, 'X-Gatehouse-Api': api },
  })
}
