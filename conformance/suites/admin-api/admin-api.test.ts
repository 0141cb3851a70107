import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callAdmin, expectProblem, ownerSession } from '../../harness/admin-api.ts'
import { demoKeyOf, readPartner } from '../../harness/api-keys.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { listAt, objectAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const PARTNERS = { exposures: [{ model: 'res.partner', verbs: ['read'] }] }

/** How long a change may take to be felt. Milliseconds. */
const FELT = { timeout: 5_000, interval: 100 }

// skip: owners are made by commands beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('the admin API', () => {
  let gateway: Gateway
  let token: string

  beforeAll(async () => {
    gateway = await startGateway()
    token = await ownerSession(gateway)
  })
  afterAll(() => gateway.stop())

  const send = (method: string, path: string, json?: unknown, headers = {}) =>
    callAdmin(gateway.url, method, path, { token, json, headers })
  const users = target.users

  test('lets in no token of a sign-in, no key and no cookie', async () => {
    const { token: bearer, refreshToken } = await signIn(gateway.url, users.admin)
    const me = (headers: Record<string, string>) => call(gateway.url, { path: '/admin/api/me', headers })
    expectProblem(await me({ Authorization: `Bearer ${bearer}` }), 403, 'admin.not_for_administration')
    expectProblem(await me({ Authorization: `Bearer ${refreshToken}` }), 401, 'token.invalid')
    expectProblem(await me({ Authorization: `Bearer ${demoKeyOf(gateway)}` }), 401, 'token.invalid')
    expectProblem(await me({ 'X-API-Key': token }), 401, 'admin.token_missing')
    expectProblem(await me({ access_token: token }), 401, 'admin.token_missing')
    expectProblem(await me({ Cookie: `access_token=${token}; session_id=${token}` }), 401, 'admin.token_missing')
    expectProblem(await me({ Authorization: token }), 401, 'admin.token_missing')
    const inQuery = await call(gateway.url, { path: `/admin/api/me?access_token=${token}` })
    expectProblem(inQuery, 400, 'query.secret')
  })

  test('is no way in for records: a token of an owner reads nothing', async () => {
    const answer = await readPartner(gateway.url, { Authorization: `Bearer ${token}` })
    expect(answer.status).toBe(401)
  })

  test('describes itself, and answers as it says', async () => {
    const { json: document } = await call(gateway.url, { path: '/admin/api/openapi.json' })
    expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: '/admin/api' }] })
    const lists = Object.entries(objectAt(document, 'paths')).filter(
      ([path, methods]) => 'get' in objectOf(methods) && !path.includes('{') && path !== '/openapi.json',
    )
    expect(lists.length).toBeGreaterThan(9)
    for (const [path, methods] of lists) {
      const { responses } = objectOf(objectOf(methods).get)
      const schema = objectAt(objectAt(objectAt(objectAt(responses, '200'), 'content'), 'application/json'), 'schema')
      const answer = await send('GET', path)
      expect(answer.status, path).toBe(200)
      const checked = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(answer.json)
      expect(checked.error, path).toBeUndefined()
    }
  })

  test('an API that is set is in effect within 5 seconds, for the command line as well, until it is removed', async () => {
    const made = await send('PUT', '/apis/demo/window', PARTNERS)
    expect(made).toMatchObject({ status: 201, json: { source: 'stored', changedBy: 'owner:ada' } })
    const open = async () =>
      (
        await call(gateway.url, {
          path: '/api/authenticate',
          json: users.demo,
          headers: { 'X-Gatehouse-Api': 'window' },
        })
      ).status
    await expect.poll(open, FELT).toBe(200)
    const shown = await runGatehouse(['api', 'show', 'window', '--json'], gateway)
    expect(objectAt(shown.json, 'api')).toMatchObject({ name: 'window', exposures: PARTNERS.exposures })
    expectProblem(await send('PUT', '/apis/demo/window', PARTNERS), 428, 'admin.if_match_missing')
    expectProblem(
      await send('DELETE', '/apis/demo/window', undefined, { 'If-Match': '"0-0"' }),
      412,
      'admin.changed_meanwhile',
    )
    const etag = String(made.headers.etag)
    expect((await send('DELETE', '/apis/demo/window', undefined, { 'If-Match': etag })).status).toBe(204)
    await expect.poll(open, FELT).toBe(403)
    expectProblem(await send('GET', '/apis/demo/window'), 404, 'admin.not_found')
  })

  test('lists every fault of a body, of a policy and of a query, and changes nothing', async () => {
    const bad = {
      origins: ['x'],
      exposures: [
        { model: 'res.users', verbs: ['update'] },
        { model: 'A', verbs: [] },
      ],
      more: 1,
    }
    const faults = expectProblem(await send('PUT', '/apis/demo/bad', bad), 400, 'admin.invalid')
    expect(faults).toEqual(
      expect.arrayContaining(['origins.0', 'exposures.res.users.dangerous', 'exposures.A.model', '']),
    )
    expectProblem(await send('GET', '/apis/demo/bad'), 404, 'admin.not_found')
    const policy = {
      apis: [
        { name: 'bad', database: 'demo' },
        { name: 'admin', database: 'none' },
      ],
      check: 1,
    }
    const paths = expectProblem(await send('POST', '/policy/apply', policy), 400, 'admin.invalid')
    expect([...paths].sort()).toEqual(['apis.1.database', 'apis.1.name', 'check'])
    const client = { name: '', database: 'demo', scopes: ['gatehouse:admin', 'res.partner:fly'], addresses: ['x'] }
    expect([...expectProblem(await send('POST', '/clients', client), 400, 'body.invalid')].sort()).toEqual([
      ...['addresses.0', 'api', 'name', 'scopes.0', 'scopes.1'],
    ])
    expect(expectProblem(await send('GET', '/grants?limit=0'), 400, 'query.invalid')).toEqual(['limit'])
    expectProblem(await send('POST', '/policy/apply', []), 400, 'body.not_an_object')
    const broken = {
      method: 'POST',
      path: '/admin/api/clients',
      body: '{',
      headers: { Authorization: `Bearer ${token}` },
    }
    const asJson = { ...broken.headers, 'Content-Type': 'application/json' }
    expectProblem(await call(gateway.url, { ...broken, headers: asJson }), 400, 'body.malformed')
    expectProblem(
      await call(gateway.url, { ...broken, headers: { ...asJson, 'Content-Type': 'text/plain' } }),
      415,
      'body.media_type',
    )
  })

  test('a key is shown once, works, and ends with its revocation', async () => {
    const asked = { name: 'till', database: 'demo', api: 'default', login: 'demo', proof: { password: 'demo' } }
    const made = await send('POST', '/keys', asked)
    expect(made.status).toBe(201)
    const key = textAt(made.json, 'key')
    const reads = async () => (await readPartner(gateway.url, { 'X-API-Key': key })).status
    expect(await reads()).toBe(200)
    expect((await send('GET', '/keys')).text).not.toContain(key.slice(12))
    expect((await send('DELETE', `/keys/${textAt(made.json, 'id')}`)).status).toBe(204)
    await expect.poll(reads, FELT).toBe(401)
    const wrong = await send('POST', '/keys', { ...asked, proof: { password: 'wrong' } })
    expectProblem(wrong, 422, 'proof.refused')
    expect(wrong.text).not.toContain('wrong"')
  })

  test('a client gets a new secret with an overlap, is shut off, and let in again', async () => {
    const made = await send('POST', '/clients', { name: 'shop', database: 'demo', api: 'default' })
    const id = textAt(made.json, 'clientId')
    const rotated = await send('POST', `/clients/${id}/rotate-secret`, { overlapSeconds: 3600 })
    expect(textAt(rotated.json, 'clientSecret')).not.toBe(textAt(made.json, 'clientSecret'))
    expect(Date.parse(textAt(rotated.json, 'previousSecretUntil')) - Date.now()).toBeGreaterThan(3_500_000)
    expect((await send('POST', `/clients/${id}/rotate-secret`)).status).toBe(200)
    expect((await send('POST', `/clients/${id}/disable`)).json).toEqual({ endedGrants: 0 })
    const find = async () =>
      listAt((await send('GET', '/clients')).json, 'clients')
        .map(objectOf)
        .find(({ clientId }) => clientId === id)
    expect(await find()).toMatchObject({ disabledAt: expect.any(String) })
    expect((await send('POST', `/clients/${id}/enable`)).status).toBe(204)
    expect(await find()).not.toHaveProperty('disabledAt')
    expectProblem(await send('POST', '/clients/client_none/disable'), 404, 'admin.not_found')
  })

  test('a sign-in that is ended is out within 5 seconds, and so are all of a user', async () => {
    const [one, other] = [await signIn(gateway.url, users.demo), await signIn(gateway.url, users.demo)]
    const reads = (session: typeof one) => async () =>
      (await readPartner(gateway.url, { Authorization: `Bearer ${session.token}` })).status
    expect([await reads(one)(), await reads(other)()]).toEqual([200, 200])
    const newest = objectOf(
      listAt((await send('GET', '/grants?login=demo&surface=odoo-jwt&state=live&limit=1')).json, 'grants')[0],
    )
    expect((await send('DELETE', `/grants/${textAt(newest, 'id')}`)).status).toBe(204)
    await expect.poll(reads(other), FELT).toBe(401)
    expect(await reads(one)()).toBe(200)
    const ended = await send('POST', '/grants/revoke', { database: 'demo', login: 'demo', clientId: 'odoo-jwt' })
    expect(objectOf(ended.json).ended).toBeGreaterThanOrEqual(1)
    await expect.poll(reads(one), FELT).toBe(401)
    expect(expectProblem(await send('POST', '/grants/revoke', {}), 400, 'body.invalid')).toEqual([''])
  })

  test('keys that sign are rotated and retired', async () => {
    const { token: before } = await signIn(gateway.url, users.demo)
    const old = objectOf(listAt((await send('GET', '/signing-keys')).json, 'keys')[0])
    expectProblem(await send('POST', `/signing-keys/${textAt(old, 'kid')}/retire`), 409, 'signing_key.in_use')
    expect((await send('POST', '/signing-keys/rotate')).status).toBe(200)
    expect((await send('POST', `/signing-keys/${textAt(old, 'kid')}/retire`)).status).toBe(204)
    const reads = async () => (await readPartner(gateway.url, { Authorization: `Bearer ${before}` })).status
    await expect.poll(reads, FELT).toBe(401)
  })

  test('says why a policy decides as it does, and who changed what', async () => {
    const question = { database: 'demo', api: 'default', model: 'res.users', verb: 'update', login: 'demo' }
    expect((await send('POST', '/policy/explain', question)).json).toMatchObject({
      allowed: false,
      reason: 'verb.not_exposed',
    })
    const unseen = await send('POST', '/policy/explain', { ...question, login: 'never-seen' })
    expect(unseen.json).toMatchObject({ allowed: false, userKnown: false })
    await send('PUT', '/apis/demo/traced', PARTNERS)
    const { json } = await send('GET', '/audit?kind=api_changed&limit=1')
    expect(listAt(json, 'events')).toMatchObject([
      { kind: 'api_changed', api: 'traced', detail: { action: 'created', by: 'owner:ada' } },
    ])
  })
})
