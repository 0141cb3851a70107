import { describe, expect, test } from 'vitest'
import { openAdminApi, SHOP } from './admin-api.fixture.ts'

const WIDER = { exposures: [{ model: 'res.partner', verbs: ['read', 'create'] }] }

describe('an API', () => {
  test('is made once, and changed only by who has read it', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const put = (json: unknown, headers: Record<string, string> = {}) =>
      api.send('PUT', '/apis/demo/shop', { token, json, headers })
    const made = await put(SHOP, { 'if-none-match': '*' })
    expect(made).toMatchObject({ status: 201, json: { source: 'stored', revision: 1, changedBy: 'owner:ada' } })
    const etag = String(made.headers.etag)
    expect(await put(SHOP, { 'if-none-match': '*' })).toMatchObject({
      status: 412,
      json: { code: 'admin.changed_meanwhile' },
    })
    expect(await put(WIDER)).toMatchObject({ status: 428, json: { code: 'admin.if_match_missing' } })
    expect(await put(WIDER, { 'if-match': etag, 'if-none-match': '*' })).toMatchObject({ status: 400 })
    expect(await put(WIDER, { 'if-match': 'shop' })).toMatchObject({ status: 400, json: { code: 'admin.condition' } })
    expect(await put(WIDER, { 'if-match': `W/${etag}` })).toMatchObject({ status: 412 })
    expect(await put(WIDER, { 'if-match': `"x", ${etag}` })).toMatchObject({ status: 200, json: { revision: 2 } })
    expect(await put(SHOP, { 'if-match': etag })).toMatchObject({ status: 412 })
    expect(await put(SHOP, { 'if-match': '*' })).toMatchObject({ status: 200, json: { revision: 3 } })
  })

  test('of ten changes at once by who has read the same, one is made', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const { headers } = await api.send('PUT', '/apis/demo/shop', { token, json: SHOP })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        api.send('PUT', '/apis/demo/shop', {
          ...{ token, headers: { 'if-match': String(headers.etag) } },
          json: { exposures: [{ model: 'res.partner', verbs: ['read'], limitMax: index + 1 }] },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)])
  })

  test('that was removed and made again is another one', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const { headers } = await api.send('PUT', '/apis/demo/shop', { token, json: SHOP })
    expect((await api.send('DELETE', '/apis/demo/shop', { token })).status).toBe(204)
    expect((await api.send('DELETE', '/apis/demo/shop', { token })).status).toBe(404)
    api.clock.advanceSeconds(1)
    await api.send('PUT', '/apis/demo/shop', { token, json: SHOP })
    const stale = { 'if-match': String(headers.etag) }
    expect((await api.send('DELETE', '/apis/demo/shop', { token, headers: stale })).status).toBe(412)
  })

  test('of the demo is changed into a stored one, and cannot be removed', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    expect(await api.send('DELETE', '/apis/demo/default', { token })).toMatchObject({ status: 409 })
    const { headers } = await api.send('GET', '/apis/demo/default', { token })
    const set = await api.send('PUT', '/apis/demo/default', {
      ...{ token, json: SHOP, headers: { 'if-match': String(headers.etag) } },
    })
    expect(set).toMatchObject({ status: 200, json: { source: 'stored', revision: 1 } })
  })

  test('with faults is refused with all of them, and nothing is changed', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const json = {
      ...{ name: 'other', origins: ['x'], addresses: ['10.0.0.0/8', 'nowhere'], bogus: 1 },
      exposures: [
        { model: 'res.users', verbs: ['update'], forcedDomain: '[(' },
        { model: 'res partner', verbs: ['fly'] },
      ],
    }
    const answer = await api.send('PUT', '/apis/gone/shop', { token, json })
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'admin.invalid', title: 'Bad Request', type: 'about:blank' },
    })
    const paths = (answer.json.errors as { readonly path: string }[]).map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining(['name', 'database', 'origins.0', 'addresses.1', '', 'exposures.res partner.verbs.0']),
    )
    expect(paths.some((path) => path.startsWith('exposures.res.users.'))).toBe(true)
    expect((await api.send('GET', '/apis/demo/shop', { token })).status).toBe(404)
  })
})

describe('a policy', () => {
  test('is planned, applied, exported, and applied again without a difference', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const apis = [{ name: 'shop', database: 'demo', ...SHOP }]
    const planned = await api.send('POST', '/policy/apply', { token, json: { apis, check: true } })
    expect(planned.json).toMatchObject({ changes: [{ kind: 'create', name: 'shop' }], unchanged: 0 })
    expect((await api.send('GET', '/apis/demo/shop', { token })).status).toBe(404)
    const applied = await api.send('POST', '/policy/apply', { token, json: { apis } })
    expect(applied.json).toEqual(planned.json)
    const exported = await api.send('GET', '/policy/export?database=demo', { token })
    const again = await api.send('POST', '/policy/apply', { token, json: exported.json })
    expect(again.json).toEqual({ changes: [], unchanged: 2 })
  })

  test('with faults is refused with all of them, and nothing is changed', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const apis = [
      { name: 'shop', database: 'demo', ...SHOP },
      { name: 'shop', database: 'demo' },
      { name: 'Admin', database: 'gone', waysIn: ['magic'] },
    ]
    const answer = await api.send('POST', '/policy/apply', { token, json: { apis, prune: 'yes' } })
    expect(answer.status).toBe(400)
    const paths = (answer.json.errors as { readonly path: string }[]).map(({ path }) => path)
    expect(paths.sort()).toEqual(['apis.1.name', 'apis.2.database', 'apis.2.name', 'apis.2.waysIn.0', 'prune'])
    expect((await api.send('GET', '/apis/demo/shop', { token })).status).toBe(404)
  })

  test('is explained, also for a user who is named by login', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const exposure = { model: 'res.partner', verbs: ['read'], forcedDomain: "[('user_id', '=', '$uid')]" }
    await api.send('PUT', '/apis/demo/shop', { token, json: { exposures: [exposure] } })
    const { principal } = await api.signIn('demo')
    const ask = (question: object) =>
      api.send('POST', '/policy/explain', { token, json: { database: 'demo', api: 'shop', ...question } })
    expect((await ask({ model: 'res.partner', verb: 'read', login: 'demo' })).json).toMatchObject({
      ...{ allowed: true, reason: 'exposed', uid: principal.uid },
      exposure: { forcedDomain: [['user_id', '=', principal.uid]] },
    })
    expect((await ask({ model: 'res.bank', verb: 'read' })).json).toMatchObject({
      allowed: false,
      reason: 'model.not_exposed',
    })
    expect((await ask({ api: 'none', model: 'res.partner', verb: 'read' })).status).toBe(404)
    expect(await ask({ model: 'Res', verb: 'fly', uid: 0 })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'model' }, { path: 'verb' }, { path: 'uid' }] },
    })
  })
})

test('lists come in pages, without a gap and without a repeat', async () => {
  const api = await openAdminApi()
  const token = await api.owner()
  for (let index = 0; index < 7; index += 1) await api.signIn('demo')
  for (const [path, list] of [
    ['/grants', 'grants'],
    ['/audit', 'events'],
  ] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query: string = cursor === undefined ? '?limit=3' : `?limit=3&cursor=${cursor}`
      const { json } = await api.send('GET', `${path}${query}`, { token })
      seen.push(...(json[list] as { readonly id: string }[]).map(({ id }) => id))
      cursor = typeof json.next === 'string' ? json.next : undefined
    } while (cursor !== undefined)
    const whole = await api.send('GET', `${path}?limit=200`, { token })
    expect(seen).toEqual((whole.json[list] as { readonly id: string }[]).map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
    for (const wrong of ['limit=0', 'limit=201', 'limit=x', 'limit=1e2', 'cursor=x', 'page=2', 'limit=1&limit=2']) {
      expect(await api.send('GET', `${path}?${wrong}`, { token }), wrong).toMatchObject({ status: 400 })
    }
  }
})

describe('a client that acts as an Odoo user', () => {
  const asked = { name: 'till', database: 'demo', api: 'default' }

  test('is made when Odoo takes the proof, and says whom it acts as', async () => {
    const api = await openAdminApi()
    const token = await api.owner()
    const user = { login: 'demo', proof: { password: 'demo' } }
    const made = await api.send('POST', '/clients', { token, json: { ...asked, user } })
    expect(made).toMatchObject({ status: 201, json: { user: { login: 'demo', uid: 6 } } })
    const { json } = await api.send('GET', '/clients', { token })
    expect(json.clients).toMatchObject([{ clientId: made.json.clientId, user: { login: 'demo', uid: 6 } }])
  })

  test.each([
    ['password', { password: 'wrong' }],
    ['key', { odooApiKey: 'wrong' }],
  ])('is refused with a wrong %s, and nothing is stored', async (_, proof) => {
    const api = await openAdminApi()
    const token = await api.owner()
    const refused = await api.send('POST', '/clients', { token, json: { ...asked, user: { login: 'demo', proof } } })
    expect(refused.status).toBe(422)
    expect(refused.text).not.toContain('clientSecret')
    expect((await api.send('GET', '/clients', { token })).json).toEqual({ clients: [] })
    expect(await api.store.db.selectFrom('odoo_credential').selectAll().execute()).toEqual([])
  })
})

test('every change stands in the audit trail with who made it', async () => {
  const api = await openAdminApi()
  const token = await api.owner()
  const { principal } = await api.signIn('demo')
  const key = await api.send('POST', '/keys', {
    ...{ token, json: { name: 'till', database: 'demo', api: 'default', login: 'demo', proof: { password: 'demo' } } },
  })
  expect(key).toMatchObject({ status: 400, json: { errors: [{ path: 'api' }] } })
  await api.send('PUT', '/apis/demo/shop', { token, json: { ...SHOP, waysIn: ['api_key'] } })
  const body = { name: 'till', database: 'demo', api: 'shop' }
  const made = await api.send('POST', '/keys', { token, json: { ...body, login: 'demo', proof: { password: 'demo' } } })
  expect(made).toMatchObject({ status: 201, json: { actsBy: 'password', state: 'active' } })
  await api.send('DELETE', `/keys/${String(made.json.id)}`, { token })
  const client = await api.send('POST', '/clients', { token, json: body })
  const id = String(client.json.clientId)
  const rotated = await api.send('POST', `/clients/${id}/rotate-secret`, { token, json: { overlapSeconds: 60 } })
  expect(rotated.json.previousSecretUntil).toBe(new Date(api.clock.nowMs() + 60_000).toISOString())
  expect((await api.send('POST', `/clients/${id}/disable`, { token })).json).toEqual({ endedGrants: 0 })
  expect((await api.send('POST', `/clients/${id}/enable`, { token })).status).toBe(204)
  expect((await api.send('DELETE', `/grants/${principal.grantId}`, { token })).status).toBe(204)
  api.clock.advanceSeconds(1)
  const { json } = await api.send('POST', '/signing-keys/rotate', { token })
  expect(await api.send('POST', `/signing-keys/${String(json.kid)}/retire`, { token })).toMatchObject({ status: 409 })
  expect((await api.send('DELETE', '/apis/demo/shop', { token })).status).toBe(204)
  const { json: audit, text } = await api.send('GET', '/audit', { token })
  const events = audit.events as {
    readonly kind: string
    readonly detail: { readonly action: string; readonly by: string }
  }[]
  const byAda = events
    .filter(({ detail }) => detail.by === 'owner:ada')
    .map(({ kind, detail }) => `${kind} ${detail.action}`)
  expect(byAda.sort()).toEqual([
    'api_changed created',
    'api_changed removed',
    'client_changed created',
    'client_changed disabled',
    'client_changed enabled',
    'client_changed secret rotated',
    'grant_changed revoked',
    'key_changed created',
    'key_changed revoked',
    'owner_changed came in',
    'signing_key_changed rotated',
  ])
  const lists = await Promise.all(
    ['/keys', '/clients', '/grants', '/owners'].map((path) => api.send('GET', path, { token })),
  )
  const told = [text, ...lists.map((list) => list.text)].join()
  const secrets = [made.json.key, client.json.clientSecret, rotated.json.clientSecret, token].map(String)
  for (const secret of secrets) expect(told).not.toContain(secret.slice(12))
  expect(told).not.toMatch(/hash|sealed/i)
  expect(api.unexpected).toEqual([])
})
