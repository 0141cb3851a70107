import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ADMINISTRATION_SCOPE } from '../../kernel/administration-scope.ts'
import { FULL_SCOPES } from '../../policy/scope.ts'
import { insertSigningKey } from '../../store/signing-keys.ts'
import { makeSecretKey } from '../../tokens/make-signing-key.ts'
import { SANDBOX_VERSIONS } from '../../upstream/testing/sandbox-vault.ts'
import { openAdminApi, SHOP } from './admin-api.fixture.ts'

type Api = Awaited<ReturnType<typeof openAdminApi>>

/** Puts Odoo's demo into the Settings group, or takes the user out, as somebody does in Odoo. */
async function setMember(api: Api, uid: number, isMember: boolean): Promise<void> {
  const { principal } = await api.signIn('admin')
  const odoo = api.upstream.as(principal)
  const named = [
    ['module', '=', 'base'],
    ['name', '=', 'group_system'],
  ]
  const found = (await odoo.call('ir.model.data', 'search_read', [named, ['res_id']], {})) as { res_id: number }[]
  const group = found[0]?.res_id
  const { groupsFieldName } = await odoo.capabilities()
  await odoo.call('res.users', 'write', [[uid], { [groupsFieldName]: [[isMember ? 4 : 3, group]] }], {})
}

describe.each(SANDBOX_VERSIONS)('with Odoo %i', (version) => {
  test('a member of the Settings group administers, and others do not', async () => {
    const api = await openAdminApi(version)
    const [admin, demo] = [await api.signIn('admin'), await api.signIn('demo')]
    expect(await api.send('GET', '/me', { token: admin.accessToken })).toMatchObject({
      status: 200,
      json: { kind: 'member', login: 'admin', uid: 2, databases: ['demo'] },
    })
    expect(await api.send('GET', '/me', { token: demo.accessToken })).toMatchObject({
      status: 403,
      json: { code: 'admin.not_a_member' },
    })
  })

  test('who is taken out of the group is refused within 60 seconds', async () => {
    const api = await openAdminApi(version)
    const demo = await api.signIn('demo')
    await setMember(api, demo.principal.uid, true)
    const status = async () => (await api.send('GET', '/me', { token: await demo.renewed() })).status
    expect(await status()).toBe(200)
    await setMember(api, demo.principal.uid, false)
    api.clock.advanceSeconds(60)
    expect(await status()).toBe(403)
  })
})

test('while Odoo does not answer, members are told to wait, and owners are let in', async () => {
  const api = await openAdminApi()
  const [admin, owner] = [await api.signIn('admin'), await api.owner()]
  api.goAway()
  expect(await api.send('GET', '/me', { token: admin.accessToken })).toMatchObject({
    status: 503,
    json: { code: 'admin.odoo_away' },
    headers: { 'retry-after': '5' },
  })
  expect((await api.send('GET', '/me', { token: owner })).status).toBe(200)
})

describe('what is no token for administration', () => {
  test('is refused: any other Authorization', async () => {
    const api = await openAdminApi()
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTph',
      'Bearer a b',
      'Bearer x, Bearer y',
      'Token x',
    ]) {
      const answer = await api.send('GET', '/me', { headers: { authorization } })
      expect(answer, authorization).toMatchObject({ status: 401, json: { code: 'admin.token_missing' } })
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
  })

  test('is refused: any other place for a good token', async () => {
    const api = await openAdminApi()
    const owner = await api.owner()
    const cookie = `session_id=${owner}; access_token=${owner}; refresh_token=${owner}`
    for (const name of ['access_token', 'access-token', 'x-api-key', 'api-key', 'cookie']) {
      const answer = await api.send('GET', '/me', { headers: { [name]: name === 'cookie' ? cookie : owner } })
      expect(answer.status, name).toBe(401)
    }
  })

  test('is refused: tokens of other clients, whatever the user is, and refresh tokens', async () => {
    const api = await openAdminApi()
    const admin = await api.signIn('admin', { clientId: 'odoo-jwt', scopes: FULL_SCOPES })
    expect(await api.send('GET', '/me', { token: admin.accessToken })).toMatchObject({
      status: 403,
      json: { code: 'admin.not_for_administration' },
    })
    const consoleGrant = await api.signIn('admin')
    expect((await api.send('GET', '/me', { token: consoleGrant.refreshToken })).status).toBe(401)
  })

  test('is refused: a console grant without the scope, and one of a database that is gone', async () => {
    const api = await openAdminApi()
    for (const overrides of [{ scopes: FULL_SCOPES }, { database: 'gone', odooSessionId: undefined }]) {
      const { accessToken } = await api.signIn('admin', overrides)
      expect((await api.send('GET', '/me', { token: accessToken })).status).toBe(403)
    }
  })

  test('is refused: a token whose grant has ended', async () => {
    const api = await openAdminApi()
    const { accessToken, principal } = await api.signIn('admin')
    expect((await api.send('GET', '/me', { token: accessToken })).status).toBe(200)
    await api.tokens.revokeGrant(principal.grantId, 'signed out')
    expect((await api.send('GET', '/me', { token: accessToken })).status).toBe(401)
  })
})

describe('the scope for administration', () => {
  test('is given to no other client', async () => {
    const api = await openAdminApi()
    const asked = { clientId: 'odoo-jwt', scopes: ['*:read', ADMINISTRATION_SCOPE] }
    await expect(api.signIn('admin', asked)).rejects.toThrow(TypeError)
  })

  test('does nothing on a grant of another client, should it ever come there', async () => {
    const api = await openAdminApi()
    const { principal, accessToken } = await api.signIn('admin', { clientId: 'odoo-jwt', scopes: FULL_SCOPES })
    await api.store.db
      .updateTable('grant')
      .set({ scopes: JSON.stringify([ADMINISTRATION_SCOPE]) })
      .execute()
    api.clock.advanceSeconds(3)
    expect((await api.send('GET', '/me', { token: accessToken })).status).toBe(403)
    expect(principal.clientId).toBe('odoo-jwt')
  })

  test('is never believed of the secret of an API, nor signed with it', async () => {
    const api = await openAdminApi()
    const secret = Buffer.alloc(32, 7)
    const key = makeSecretKey(secret, { database: 'demo', api: 'default' }, api)
    await insertSigningKey(api.store.db, key)
    await api.tokens.reloadKeys()
    const { accessToken } = await api.signIn('admin')
    const [, claims = ''] = accessToken.split('.')
    expect(JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()).alg).toBe('EdDSA')
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })).toString('base64url')
    const forged = `${header}.${claims}.${createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url')}`
    expect(await api.send('GET', '/me', { token: forged })).toMatchObject({
      status: 401,
      json: { code: 'token.invalid' },
    })
    // The same secret signs what it is for.
    const other = await api.signIn('demo', { clientId: 'odoo-jwt', scopes: FULL_SCOPES })
    await expect(api.tokens.verifyAccessToken(other.accessToken)).resolves.toMatchObject({ login: 'demo' })
  })

  test.each<[string, string, object]>([
    ['an API', '/apis/demo/shop', { ...SHOP, scopes: [ADMINISTRATION_SCOPE] }],
    ['a client', '/clients', { name: 'x', database: 'demo', api: 'default', scopes: [ADMINISTRATION_SCOPE] }],
    [
      'a key',
      '/keys',
      {
        name: 'x',
        database: 'demo',
        api: 'default',
        login: 'demo',
        proof: { password: 'demo' },
        scopes: [ADMINISTRATION_SCOPE],
      },
    ],
  ])('cannot be given to %s', async (_what, path, json) => {
    const api = await openAdminApi()
    const answer = await api.send(path.startsWith('/apis') ? 'PUT' : 'POST', path, { token: await api.owner(), json })
    expect(answer.status).toBe(400)
    expect(answer.json.errors).toMatchObject([{ path: 'scopes.0' }])
  })
})

test('no page of another origin reads an answer, not even a refusal', async () => {
  const api = await openAdminApi()
  const token = await api.owner()
  for (const origin of ['https://shop.example', 'https://evil.example']) {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    }
    const answers = [
      await api.send('GET', '/me', { token, headers: { origin } }),
      await api.send('GET', '/me', { headers: { origin } }),
      await api.send('POST', '/me', { headers: { origin } }),
      await api.send('GET', '/openapi.json', { headers: { origin } }),
      await api.send('OPTIONS', '/me', { headers }),
      await api.send('OPTIONS', '/apis/demo/shop', { headers }),
    ]
    for (const answer of answers) expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  }
})
