import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Answer, type Call, call } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const { demo } = target.users

/** Every place in which a call may name its database. */
const PLACES: [string, (db: string) => Pick<Call, 'headers' | 'query'> & { readonly body?: object }][] = [
  ['db in the body', (db) => ({ body: { db } })],
  ['the header db', (db) => ({ headers: { db } })],
  ['the header X-Odoo-Database', (db) => ({ headers: { 'X-Odoo-Database': db } })],
  ['db in the query', (db) => ({ query: { db } })],
]

describe('the database of a sign-in', () => {
  test('is the only one where none is named', async () => {
    expect(readJwt((await signIn(target.url, demo)).token).claims.db).toBe(target.database)
  })

  test.each(PLACES)('can be named in %s', async (_name, place) => {
    const answer = await authenticate(place(target.database))
    expect(answer.status).toBe(200)
    expect(readJwt(textAt(answer.json, 'token')).claims.db).toBe(target.database)
  })

  test('that is not configured is answered like a wrong password, wherever it is named', async () => {
    const wrong = await call(target.url, {
      path: '/api/authenticate',
      json: { login: `nobody-${randomUUID()}`, password: 'wrong' },
    })
    for (const [, place] of PLACES) {
      const answer = await authenticate(place('no-such-database'))
      expectRefused(answer, { status: 401 })
      expect(answer.text).toBe(wrong.text)
    }
  })

  test.each(['../etc', "demo'; drop table", 'DEMO', 'demo ', 'x'.repeat(500)])('%s is none of ours', async (db) => {
    expectRefused(await authenticate({ body: { db } }), { status: [400, 401] })
  })
})

describe('a database that contradicts the token: 403', () => {
  test.each(PLACES)('in %s', async (_name, place) => {
    const session = await signIn(target.url, demo)
    const { body, ...where } = place('no-such-database')
    const headers = { Authorization: `Bearer ${session.token}`, ...where.headers }
    expectRefused(await call(target.url, { ...where, path: '/api/protected/json', headers, json: body ?? {} }), {
      status: 403,
    })
    expect((await useToken(target.url, session.token)).status).toBe(200)
  })

  test.each(PLACES.slice(1))('on a record call, in %s', async (_name, place) => {
    const { token } = await signIn(target.url, demo)
    const where = place('no-such-database')
    const query = { model: 'res.country', fields: '["code"]', limit: 1, ...where.query }
    const headers = { Authorization: `Bearer ${token}`, ...where.headers }
    expectRefused(await call(target.url, { path: '/api/send_request', query, headers }), { status: 403 })
  })

  test('at a refresh, in X-Odoo-Database; the grant lives on', async () => {
    const session = await signIn(target.url, demo)
    const answer = await call(target.url, {
      path: '/api/update/access-token',
      headers: { refreshToken: session.refreshToken, 'X-Odoo-Database': 'no-such-database' },
      json: { user_id: session.userId },
    })
    expectRefused(answer, { status: 403 })
    expect((await updateAccessToken(session)).status).toBe(200)
  })
})

describe('a database that agrees with the token', () => {
  test.each(PLACES)('is no matter in %s', async (_name, place) => {
    const { token } = await signIn(target.url, demo)
    const { body, ...where } = place(target.database)
    const headers = { Authorization: `Bearer ${token}`, ...where.headers }
    const answer = await call(target.url, { ...where, path: '/api/protected/json', headers, json: body ?? {} })
    expect(answer.status).toBe(200)
  })
})

function authenticate(place: Pick<Call, 'headers' | 'query'> & { readonly body?: object }): Promise<Answer> {
  const { body, ...where } = place
  return call(target.url, { ...where, path: '/api/authenticate', json: { ...demo, ...body } })
}
