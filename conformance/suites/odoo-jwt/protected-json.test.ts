import { describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn } from '../../harness/envelope.ts'
import { type Answer, call } from '../../harness/http-call.ts'
import { listAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { expectRefused, expectRefusedWrapped } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { type Login, target } from '../../harness/target.ts'

describe('POST /api/protected/json', () => {
  test.each(BODY_FORMS)('answers the users, each with id, name and login (%s)', async (form) => {
    const session = await signIn(target.url, target.users.demo)
    const answer = await send(session.token, inForm(form, {}))
    expect(answer.status).toBe(200)
    const result = objectOf(resultIn(form, answer.json))
    expect(Object.keys(result)).toEqual(['status'])
    const users = listAt(result, 'status')
    expect(users.length).toBeGreaterThan(1)
    for (const user of users) {
      expect(Object.keys(objectOf(user)).sort()).toEqual(['id', 'login', 'name'])
      expect(user).toEqual({ id: expect.any(Number), name: expect.any(String), login: expect.any(String) })
    }
    expect(users).toContainEqual(expect.objectContaining({ id: session.userId, login: session.login }))
  })

  test('answers what the caller may read: an administrator the staff, a portal user not', async () => {
    const admin = await loginsSeenBy(target.users.admin)
    const portal = await loginsSeenBy(target.users.portal)
    expect(admin).toEqual(expect.arrayContaining([target.users.admin.login, target.users.demo.login]))
    expect(portal).not.toContain(target.users.admin.login)
    expect(portal).not.toContain(target.users.demo.login)
  })
})

describe('refusals of /api/protected/json', () => {
  test('no token: 401 in both forms', async () => {
    expectRefused(await send(undefined, {}), { status: 401 })
    expectRefusedWrapped(await send(undefined, inForm('wrapped', {})), {
      status: 401,
      name: 'werkzeug.exceptions.Unauthorized',
    })
  })

  test('a bad token: 401 in both forms', async () => {
    expectRefused(await send('x.y.z', {}), { status: 401 })
    expectRefusedWrapped(await send('x.y.z', inForm('wrapped', {})), {
      status: 401,
      name: 'werkzeug.exceptions.Unauthorized',
    })
  })

  // skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
  test.skipIf(!target.hasExtraApis)('an API that does not expose the users: 403, AccessError', async () => {
    const session: Session = await signIn(target.url, target.users.admin, { api: 'reader' })
    expectRefused(await send(session.token, {}), { status: 403 })
    expectRefusedWrapped(await send(session.token, inForm('wrapped', {})), {
      status: 403,
      name: 'odoo.exceptions.AccessError',
    })
  })
})

async function loginsSeenBy(user: Login): Promise<readonly string[]> {
  const session = await signIn(target.url, user)
  return listAt((await send(session.token, {})).json, 'status').map((one) => textAt(one, 'login'))
}

function send(token: string | undefined, json: object): Promise<Answer> {
  const headers = { Authorization: token === undefined ? undefined : `Bearer ${token}` }
  return call(target.url, { path: '/api/protected/json', headers, json })
}
