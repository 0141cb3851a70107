import { mintOdooApiKey, OdooKeyAccess, OdooSession } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { findOdooCredential } from '../store/odoo-credentials.ts'
import { findOdooSession } from '../store/odoo-sessions.ts'
import type { OdooWay } from './odoo-way.ts'
import { openSandboxVault, SANDBOX_VERSIONS } from './testing/sandbox-vault.ts'

/** The login of whoever a way is for. */
async function whoIs(way: OdooWay): Promise<unknown> {
  const context = await way.callKw('res.users', 'context_get', [], {})
  const uid = typeof context === 'object' && context !== null && 'uid' in context ? context.uid : undefined
  const [user] = (await way.callKw('res.users', 'read', [[uid]], { fields: ['login'] })) as { login: string }[]
  return user?.login
}

function sessionOf(way: OdooWay): OdooSession {
  if (!(way instanceof OdooSession)) throw new Error('This is no session.')
  return way
}

describe('a password', () => {
  test('signs in once for all who need it at the same time, and for those who come later', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('demo')
    const ways = await Promise.all(Array.from({ length: 20 }, () => desk.vault.wayOf(id)))
    expect(new Set(ways).size).toBe(1)
    expect(await whoIs(await desk.vault.wayOf(id))).toBe('demo')
    expect(desk.signIns).toEqual(['demo'])
  })

  test('leaves its session to every node and to the next start', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('demo')
    await desk.vault.wayOf(id)
    const other = desk.openNode()
    expect(await whoIs(await other.vault.wayOf(id))).toBe('demo')
    expect(other.signIns).toEqual([])
  })

  test('signs in once more when Odoo has ended the session, whoever notices', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('demo')
    const other = desk.openNode()
    const stale = sessionOf(await desk.vault.wayOf(id))
    const staleThere = sessionOf(await other.vault.wayOf(id))
    const before = (await findOdooCredential(desk.store.db, id))?.odooSessionId ?? ''
    await stale.destroy()

    const noticed = await Promise.all([1, 2, 3].map(() => desk.vault.sessionInPlaceOf(id, stale)))
    expect(await whoIs(noticed[0] ?? stale)).toBe('demo')
    expect(await desk.vault.sessionInPlaceOf(id, stale)).toBe(noticed[0])
    expect(await whoIs(await other.vault.sessionInPlaceOf(id, staleThere))).toBe('demo')
    expect([desk.signIns, other.signIns]).toEqual([['demo', 'demo'], []])
    expect(await findOdooSession(desk.store.db, before)).toMatchObject({ sealedSessionId: undefined })
  })

  test('opens one session that is kept when two nodes sign in at once', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('demo')
    const other = desk.openNode()
    const [here, there] = await Promise.all([desk.vault.wayOf(id), other.vault.wayOf(id)])
    expect(sessionOf(here).sessionId).toBe(sessionOf(there).sessionId)
    expect(await whoIs(there)).toBe('demo')
  })

  test.each([
    { name: 'that is wrong', secret: 'wrong', overrides: {}, reason: 'denied' },
    { name: 'of a user with a second factor', secret: 'totp', overrides: { login: 'totp' }, reason: 'second_factor' },
    { name: 'of another user than before', secret: 'admin', overrides: { login: 'admin' }, reason: 'another_user' },
  ])('$name is tried once, and never again', async ({ secret, overrides, reason }) => {
    await using desk = await openSandboxVault()
    const id = await desk.keep(secret, overrides)
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(desk.vault.wayOf(id)).rejects.toMatchObject({ code: 'vault.refused', status: 401 })
    }
    const other = desk.openNode()
    await expect(other.vault.wayOf(id)).rejects.toMatchObject({ code: 'vault.refused' })
    expect([desk.signIns.length, other.signIns.length]).toEqual([1, 0])
    expect((await findOdooCredential(desk.store.db, id))?.failedAtMs).toBe(desk.clock.nowMs())
    expect(desk.observed).toMatchObject([{ kind: 'credential_refused', credentialId: id, reason }])
  })

  test('waits as long as Odoo refuses everybody, and works after that', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('demo')
    const { sessions } = desk.openNode()
    for (let failure = 0; failure < 10; failure++)
      await sessions.open('demo', { login: 'demo', password: 'wrong' }, { address: '127.0.0.1' })
    for (let attempt = 0; attempt < 3; attempt++) {
      const refused = { code: 'vault.cooldown', status: 503, data: { retryAfterSeconds: 60 } }
      await expect(desk.vault.wayOf(id)).rejects.toMatchObject(refused)
    }
    expect(desk.signIns).toHaveLength(1)
    expect((await findOdooCredential(desk.store.db, id))?.failedAtMs).toBeUndefined()
  })
})

describe.each(SANDBOX_VERSIONS)('an API key of Odoo %s', (version) => {
  /** A key that a fresh sign-in has made for itself, kept in the vault. */
  async function openWithKey() {
    const desk = await openSandboxVault(version)
    const opened = await desk.sessions.open('demo', { login: 'demo', password: 'demo' }, { address: '127.0.0.1' })
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    const session = await desk.sessions.get(opened.odooSessionId)
    if (session === undefined) throw new Error('The session is open.')
    const odoo = await desk.databases.get('demo').capabilities()
    const { key } = await mintOdooApiKey(session, { password: 'demo', name: 'Gatehouse', durationDays: 30, odoo })
    const id = await desk.keep(key, { kind: 'odoo_api_key' })
    return Object.assign(desk, { id, session })
  }

  test('opens Odoo without a session', async () => {
    await using desk = await openWithKey()
    const way = await desk.vault.wayOf(desk.id)
    expect(way).toBeInstanceOf(OdooKeyAccess)
    expect(await whoIs(way)).toBe('demo')
    expect(desk.signIns).toEqual([])
    expect(await desk.vault.wayOf(desk.id)).toBe(way)
  })

  test('that was taken away is not tried again', async () => {
    await using desk = await openWithKey()
    const ids = await desk.session.callKw('res.users.apikeys', 'search', [[['name', '=', 'Gatehouse']]], {})
    await desk.session.callKw('res.users.apikeys', 'remove', [ids], {})
    const way = await desk.vault.wayOf(desk.id)
    const error = await way.callKw('res.users', 'context_get', [], {}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'OdooKeyRefused', reason: 'denied' })
    expect(await desk.vault.refusedKey(desk.id, error as never)).toMatchObject({ code: 'vault.refused', status: 401 })
    await expect(desk.vault.wayOf(desk.id)).rejects.toMatchObject({ code: 'vault.refused' })
  })
})

describe('what opens nothing', () => {
  test('says so where nothing is stored yet', async () => {
    await using desk = await openSandboxVault()
    const id = await desk.keep('', { kind: 'none' })
    await expect(desk.vault.wayOf(id)).rejects.toMatchObject({
      code: 'vault.empty',
      status: 403,
      word: 'session_required',
    })
  })

  test('is refused where the credential is gone', async () => {
    await using desk = await openSandboxVault()
    await expect(desk.vault.wayOf('oc_unknown')).rejects.toMatchObject({ code: 'vault.refused' })
  })
})

test('a credential that was changed is read again, and its session is not opened again', async () => {
  await using desk = await openSandboxVault()
  const id = await desk.keep('demo')
  const before = await desk.vault.wayOf(id)
  desk.vault.forget()
  expect(await desk.vault.wayOf(id)).toBe(before)
  expect(desk.signIns).toHaveLength(1)
})
