import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWatched, type WatchedGateway } from '../../harness/gateway-behind.ts'
import { call } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { type Behaviour, odooFault } from '../../harness/odoo-between.ts'
import { type Records, recordsOf } from '../../harness/records.ts'
import { expectRefused, expectRefusedWrapped } from '../../harness/refusal.ts'
import { sendSignIn, signIn } from '../../harness/session.ts'
import { canStartGateways, target } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('what Odoo answers, and what the caller is told', () => {
  let watched: WatchedGateway
  let records: Records
  let token: string

  beforeAll(async () => {
    watched = await startWatched()
  })
  afterAll(() => watched.stop())

  beforeEach(async () => {
    watched.odoo.behave(() => 'pass')
    const session = await signIn(watched.url, target.users.demo)
    token = session.token
    records = recordsOf(session)
    // What the gateway keeps of a model is fetched now, so that only the call under test meets the fault.
    await records.read('res.partner', { fields: ['name'], limit: 1 })
  })

  /** From now on every call on records meets this. */
  const onRecords = (behaviour: Behaviour) =>
    watched.odoo.behave((path) => (path.includes('call_kw') ? behaviour : 'pass'))

  describe.each(['odoo', 'otherbrand'])('an exception of %s', (brand) => {
    test.each([
      ['exceptions.AccessError', 403],
      ['exceptions.AccessDenied', 403],
      ['exceptions.MissingError', 404],
      ['exceptions.ValidationError', 422],
      ['exceptions.UserError', 422],
      ['exceptions.RedirectWarning', 422],
      ['exceptions.LockError', 409],
    ])('%s is %i, on a read and on a write, in the words of Odoo', async (name, status) => {
      onRecords(odooFault(`${brand}.${name}`, 'A sentence for people.'))
      const answers = [
        await records.read('res.partner', { fields: ['name'], limit: 1 }),
        await records.read('res.partner', { fields: ['name'], id: 1 }),
        await records.create('res.partner', { values: { name: 'x' } }),
        await records.update('res.partner', 1, { values: { name: 'x' } }),
        await records.remove('res.partner', 1),
      ]
      for (const answer of answers) {
        expectRefused(answer, { status })
        expect(textAt(answer.json, 'message')).toContain('A sentence for people.')
      }
    })
  })

  test.each(['odoo.http.SessionExpiredException', 'odoo.addons.auth_timeout.models.CheckIdentityException'])(
    '%s is 401: no password is kept to sign in again',
    async (name) => {
      onRecords(odooFault(name, 'Session expired'))
      expectRefused(await records.read('res.partner', { fields: ['name'], limit: 1 }), { status: 401 })
    },
  )

  test.each(['psycopg2.errors.SerializationFailure', 'psycopg2.OperationalError'])(
    '%s is 503 with Retry-After, without its text',
    async (name) => {
      onRecords(odooFault(name, 'could not serialize access on host db.internal port 5432'))
      const answer = await records.update('res.partner', 1, { values: { name: 'x' } })
      expectRefused(answer, { status: 503 })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect(answer.text).not.toContain('db.internal')
    },
  )

  test.each<[string, Behaviour]>([
    ['an exception of Python', odooFault('builtins.ZeroDivisionError', 'secret internals of /opt/odoo')],
    ['an HTML page with 500', { status: 500, type: 'text/html', body: '<h1>secret internals of /opt/odoo</h1>' }],
    ['an HTML page with 200', { status: 200, type: 'text/html', body: '<h1>secret internals of /opt/odoo</h1>' }],
    ['JSON that is no envelope', { status: 200, type: 'application/json', body: '[1,2]' }],
    ['JSON cut off', { status: 200, type: 'application/json', body: '{"jsonrpc":"2.0","result":[' }],
    ['nothing', { status: 200, type: 'application/json', body: '' }],
    ['a redirect', { status: 303, type: 'text/html', body: '' }],
    ['a broken connection', 'drop'],
  ])('%s is 502, without its text', async (_name, behaviour) => {
    onRecords(behaviour)
    const answer = await records.read('res.partner', { fields: ['name'], limit: 1 })
    expectRefused(answer, { status: 502 })
    expect(answer.text).not.toContain('internals')
    expect((await call(watched.url, { path: '/healthz' })).status).toBe(200)
  })

  test('the wrapped form tells the same', async () => {
    onRecords(odooFault('odoo.exceptions.AccessError', 'A sentence for people.'))
    const answer = await call(watched.url, {
      path: '/api/protected/json',
      headers: { Authorization: `Bearer ${token}` },
      json: { jsonrpc: '2.0', id: 1, params: {} },
    })
    expectRefusedWrapped(answer, { status: 403, name: 'odoo.exceptions.AccessError' })
  })

  test('a sign-in that Odoo cannot judge is no wrong password', async () => {
    for (const behaviour of ['drop', { status: 500, type: 'text/html', body: 'x' }] as const) {
      watched.odoo.behave(() => behaviour)
      const answer = await sendSignIn(watched.url, target.users.demo)
      expectRefused(answer, { status: [502, 503, 504] })
      expect(answer.cookies).toEqual([])
    }
  })

  test('AccessDenied at sign-in is 401', async () => {
    watched.odoo.behave(() => odooFault('otherbrand.exceptions.AccessDenied', 'Access Denied'))
    expectRefused(await sendSignIn(watched.url, target.users.demo), { status: 401 })
  })

  test('/readyz says so while Odoo is away, and recovers; /healthz does not care', async () => {
    watched.odoo.behave(() => 'drop')
    const readiness = () => call(watched.url, { path: '/readyz' })
    await expect.poll(async () => (await readiness()).status, { timeout: 10_000 }).toBe(503)
    expect((await readiness()).text).not.toMatch(/127\.0\.0\.1|\d+\.\d+/)
    expect((await call(watched.url, { path: '/healthz' })).status).toBe(200)
    watched.odoo.behave(() => 'pass')
    await expect.poll(async () => (await readiness()).status, { timeout: 10_000 }).toBe(200)
  })

  test('a write that broke is not sent again', async () => {
    onRecords('drop')
    const before = watched.odoo.seen.length
    const answer = await records.create('res.partner', { values: { name: 'x' } })
    expectRefused(answer, { status: [502, 504] })
    const creates = watched.odoo.seen.slice(before).filter(({ body }) => /"(create|web_save)"/.test(body))
    expect(creates).toHaveLength(1)
  })
})
