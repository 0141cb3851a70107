import { describe, expect, test } from 'vitest'
import { isApiKey } from '../identity/api-keys/api-key.ts'
import { hashSecret } from '../kernel/hash.ts'
import { ApiInput } from '../policy/api.ts'
import { findApiKeyByHash } from '../store/api-keys.ts'
import { findClient } from '../store/clients.ts'
import { findGrant, insertGrant, listGrants } from '../store/grants.ts'
import { findOdooCredential } from '../store/odoo-credentials.ts'
import { findOdooSession } from '../store/odoo-sessions.ts'
import { createGrantRevoker } from '../tokens/revoke-grant.ts'
import { openSandboxVault } from '../upstream/testing/sandbox-vault.ts'
import { endApiKey, rebindApiKey, requireApiKey, stateOfApiKey } from './api-keys.ts'
import { createBoundClient, createClient, disableClient, rotateClientSecret } from './clients.ts'
import { type ApiKeyAsked, createApiKey } from './create-api-key.ts'
import { endGrantsOf, endOneGrant } from './end-grants.ts'

const api = ApiInput.parse({
  name: 'default',
  database: 'demo',
  waysIn: ['password', 'api_key'],
  exposures: [{ model: 'res.partner', verbs: ['read', 'update'] }],
})
const password = { kind: 'password', password: 'demo' } as const

/** The desk of an administrator, in front of a sandbox. */
async function openDesk() {
  const vault = await openSandboxVault()
  const { store, sealer, clock, random, databases, sessions } = vault
  const revokeGrant = createGrantRevoker({ store, clock })
  const deps = { store, sealer, clock, random, revokeGrant, odoo: { databases, sessions } }
  const makeKey = (asked: Partial<ApiKeyAsked> = {}) =>
    createApiKey({ name: 'Import', api, login: 'demo', proof: password, ...asked }, 'test', deps)
  const count = async () => {
    const [keys, credentials, grants] = await Promise.all(
      (['api_key', 'odoo_credential', 'grant'] as const).map((table) =>
        store.db.selectFrom(table).selectAll().execute(),
      ),
    )
    return [keys?.length, credentials?.length, grants?.length]
  }
  return Object.assign(vault, { deps, makeKey, count })
}

describe('an API key', () => {
  test('is made with one grant and a credential, and only its hash is kept', async () => {
    await using desk = await openDesk()
    const { key, apiKey } = await desk.makeKey({
      scopes: ['res.partner:read'],
      expiresAtMs: desk.clock.nowMs() + 1_000,
    })
    expect(isApiKey(key)).toBe(true)
    expect(key).toHaveLength(4 + 43)
    expect(await findApiKeyByHash(desk.store.db, hashSecret(key))).toEqual(apiKey)
    expect(await findGrant(desk.store.db, apiKey.grantId)).toMatchObject({
      surface: 'api-key',
      clientId: `key:${apiKey.id}`,
      scopes: ['res.partner:read'],
      expiresAtMs: apiKey.expiresAtMs,
      odooCredentialId: apiKey.odooCredentialId,
    })
    expect(await desk.vault.wayOf(apiKey.odooCredentialId)).toBeDefined()
    // The session that has shown that the password is good is the one that serves.
    expect(desk.signIns).toEqual([])
  })

  test.each<[name: string, asked: Partial<ApiKeyAsked>, code: string]>([
    ['a wrong password', { proof: { kind: 'password', password: 'no' } }, 'proof.refused'],
    ['a second factor', { login: 'totp', proof: { kind: 'password', password: 'totp' } }, 'proof.second_factor'],
    ['a key that is none', { proof: { kind: 'odoo_api_key', key: 'demo' } }, 'proof.refused'],
    [
      'a wrong password to make a key with',
      { proof: { kind: 'mint', password: 'no', name: 'x', durationDays: 1 } },
      'proof.refused',
    ],
    [
      'a key for longer than the user may have one',
      { proof: { kind: 'mint', password: 'demo', name: 'x', durationDays: 365 } },
      'proof.refused',
    ],
    ['an end that has passed', { expiresAtMs: 1 }, 'admin.invalid'],
    ['a name of nothing', { name: ' ' }, 'admin.invalid'],
    ['a name with a line in it', { name: 'a\nb' }, 'admin.invalid'],
    ['no scopes', { scopes: [] }, 'admin.invalid'],
    ['a scope beyond the API', { scopes: ['res.partner:delete'] }, 'admin.invalid'],
    ['methods that the API does not list', { scopes: ['res.partner:call'] }, 'admin.invalid'],
    ['an API without keys', { api: { ...api, waysIn: ['password'] } }, 'admin.invalid'],
    ['scopes beyond those of the API', { api: { ...api, scopes: ['*:read'] }, scopes: ['*:update'] }, 'admin.invalid'],
  ])('with %s is refused, and nothing is stored', async (_, asked, code) => {
    await using desk = await openDesk()
    await expect(desk.makeKey(asked)).rejects.toMatchObject({ code })
    expect(await desk.count()).toEqual([0, 0, 0])
  })

  test('that is revoked takes its grant, its credential and its session along', async () => {
    await using desk = await openDesk()
    const { apiKey } = await desk.makeKey()
    const credential = await findOdooCredential(desk.store.db, apiKey.odooCredentialId)
    expect(await endApiKey(apiKey, 'test', desk.deps)).toBe(true)
    expect(await endApiKey(apiKey, 'test', desk.deps)).toBe(false)
    expect((await findGrant(desk.store.db, apiKey.grantId))?.endedReason).toBe('key_revoked')
    expect(await findOdooCredential(desk.store.db, apiKey.odooCredentialId)).toBeUndefined()
    const session = await findOdooSession(desk.store.db, credential?.odooSessionId ?? '')
    expect(session?.endedAtMs).toBe(desk.clock.nowMs())
    expect(stateOfApiKey(await requireApiKey(apiKey.prefix, desk.deps), desk.clock.nowMs())).toBe('revoked')
  })

  test('takes something new to act with for the same user, and leaves the old behind', async () => {
    await using desk = await openDesk()
    const { apiKey } = await desk.makeKey()
    const proof = { kind: 'mint', password: 'demo', name: 'Gatehouse', durationDays: 30 } as const
    expect(await rebindApiKey(apiKey, proof, 'test', desk.deps)).toBe('odoo_api_key')
    const after = await requireApiKey(apiKey.id, desk.deps)
    expect(await findOdooCredential(desk.store.db, apiKey.odooCredentialId)).toBeUndefined()
    expect(await findGrant(desk.store.db, apiKey.grantId)).toMatchObject({ odooCredentialId: after.odooCredentialId })
    expect((await findOdooCredential(desk.store.db, after.odooCredentialId))?.kind).toBe('odoo_api_key')
  })
})

describe('a client', () => {
  test('is bound to nobody or to a user, and its secret is kept as a hash', async () => {
    await using desk = await openDesk()
    const free = await createClient({ name: 'Shop', api }, 'test', desk.deps)
    expect(await findClient(desk.store.db, free.client.clientId)).toMatchObject({
      user: undefined,
      secretHash: hashSecret(free.secret),
    })
    const bound = await createBoundClient({ name: 'Sync', api, login: 'demo', proof: password }, 'test', desk.deps)
    expect(bound.client.user).toMatchObject({ uid: 6, login: 'demo' })
  })

  test('whose secret is rotated keeps the one before until the overlap ends', async () => {
    await using desk = await openDesk()
    const { client, secret } = await createClient({ name: 'Shop', api }, 'test', desk.deps)
    const rotated = await rotateClientSecret(client.clientId, 5_000, 'test', desk.deps)
    expect(rotated.client).toMatchObject({
      secretHash: hashSecret(rotated.secret),
      previousSecret: { hash: hashSecret(secret), untilMs: desk.clock.nowMs() + 5_000 },
    })
    for (const overlapMs of [-1, 31 * 86_400_000])
      await expect(rotateClientSecret(client.clientId, overlapMs, 'test', desk.deps)).rejects.toMatchObject({
        code: 'admin.invalid',
      })
  })

  test('that is unknown is said to be', async () => {
    await using desk = await openDesk()
    await expect(disableClient('client_no', 'test', desk.deps)).rejects.toMatchObject({ code: 'admin.not_found' })
  })
})

describe('ending grants', () => {
  test('of a user ends the keys of the user, and leaves those of others', async () => {
    await using desk = await openDesk()
    const mine = await desk.makeKey()
    const other = await desk.makeKey({ login: 'admin', proof: { kind: 'password', password: 'admin' } })
    expect(await endGrantsOf({ database: 'demo', login: 'demo' }, 'test', 'test', desk.deps)).toBe(1)
    const live = await listGrants(desk.store.db, { state: 'live' }, { nowMs: desk.clock.nowMs(), limit: 10 })
    expect(live.map(({ id }) => id)).toEqual([other.apiKey.grantId])
    expect((await requireApiKey(mine.apiKey.id, desk.deps)).revokedAtMs).toBeDefined()
  })

  test('that are more than a batch ends all of them', async () => {
    await using desk = await openDesk()
    const { apiKey } = await desk.makeKey()
    const grant = await findGrant(desk.store.db, apiKey.grantId)
    if (grant === undefined) throw new Error('The grant is there.')
    await desk.store.transaction(async (tx) => {
      for (let count = 0; count < 150; count++) {
        const row = { ...grant, id: `gr_${count}`, clientId: 'app' }
        await insertGrant(tx, row)
      }
    })
    expect(await endGrantsOf({ clientId: 'app' }, 'test', 'test', desk.deps)).toBe(150)
  })

  test('that have ended or never were says so', async () => {
    await using desk = await openDesk()
    const { apiKey } = await desk.makeKey()
    expect(await endOneGrant(apiKey.grantId, 'test', desk.deps)).toBe(true)
    expect(await endOneGrant(apiKey.grantId, 'test', desk.deps)).toBe(false)
    await expect(endOneGrant('gr_no', 'test', desk.deps)).rejects.toMatchObject({ code: 'admin.not_found' })
  })
})
