import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { findGrant } from '../store/grants.ts'
import { endOdooSession, findOdooSession, insertOdooSession } from '../store/odoo-sessions.ts'
import { findRefreshToken } from '../store/refresh-tokens.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { codeOf, refusalOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

describe('a sign-in', () => {
  test('makes a grant with its lifetimes, and says so', async () => {
    await using bench = await openTokenWorkbench()
    const nowMs = bench.clock.nowMs()
    const issued = await bench.tokens.startGrant(demoSignIn())
    const grant = await findGrant(bench.store.db, issued.principal.grantId)
    expect(grant).toEqual({
      id: expect.stringMatching(/^gr_[\w-]{16}$/),
      database: 'demo',
      uid: 6,
      login: 'demo',
      api: 'default',
      clientId: 'odoo-jwt',
      surface: 'odoo-jwt',
      scopes: ['*:read', 'res.partner:update'],
      administrator: false,
      odooSessionId: undefined,
      device: 'curl/8.0',
      createdAtMs: nowMs,
      expiresAtMs: nowMs + 2_592_000_000,
      endedAtMs: undefined,
      endedReason: undefined,
    })
    expect(issued.refreshExpiresAtMs).toBe(nowMs + 3_600_000)
    expect(issued.accessExpiresAtMs).toBe(nowMs + 60_000)
    expect(bench.events).toEqual([{ kind: 'token_issued', atMs: nowMs, grant }])
  })

  test('gets a refresh token of 256 bits, of which the store keeps the hash alone', async () => {
    await using bench = await openTokenWorkbench()
    const { refreshToken, accessToken } = await bench.tokens.startGrant(demoSignIn())
    expect(Buffer.from(refreshToken, 'base64url')).toHaveLength(32)
    expect(await findRefreshToken(bench.store.db, hashSecret(refreshToken))).toMatchObject({ consumed: undefined })
    const rows = JSON.stringify([
      await bench.store.db.selectFrom('refresh_token').selectAll().execute(),
      await bench.store.db.selectFrom('grant').selectAll().execute(),
      bench.events,
    ])
    expect(rows).not.toContain(refreshToken)
    expect(rows).not.toContain(accessToken)
  })

  test('stands beside the other sign-ins of the same user: ending one leaves the others', async () => {
    await using bench = await openTokenWorkbench()
    const devices = ['phone', 'laptop', 'till']
    const [phone, laptop, till] = await Promise.all(
      devices.map((device) => bench.tokens.startGrant(demoSignIn({ device }))),
    )
    if (phone === undefined || laptop === undefined || till === undefined) throw new Error('not issued')
    await bench.tokens.revokeGrant(laptop.principal.grantId, 'signed out')
    await expect(bench.tokens.verifyAccessToken(phone.accessToken)).resolves.toMatchObject({ uid: 6 })
    await expect(bench.tokens.rotate(till.refreshToken)).resolves.toBeDefined()
    expect(await codeOf(bench.tokens.verifyAccessToken(laptop.accessToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.rotate(laptop.refreshToken))).toBe('token.invalid')
  })

  test.each([
    { name: 'is cut at 200 characters', device: 'x'.repeat(5_000), kept: 'x'.repeat(200) },
    { name: 'is never cut into half a character', device: `${'x'.repeat(199)}😀`, kept: `${'x'.repeat(199)}\ufffd` },
    { name: 'may be absent', device: undefined, kept: undefined },
  ])('the device $name', async ({ device, kept }) => {
    await using bench = await openTokenWorkbench()
    const { principal } = await bench.tokens.startGrant(demoSignIn({ device }))
    expect((await findGrant(bench.store.db, principal.grantId))?.device).toBe(kept)
  })

  test('without scopes may do nothing, and says so in its token', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken } = await bench.tokens.startGrant(demoSignIn({ scopes: [] }))
    expect(await bench.tokens.verifyAccessToken(accessToken)).toMatchObject({ scopes: [] })
  })
})

describe('a sign-in on an Odoo session', () => {
  test('stands on it', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const { principal } = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    expect((await findGrant(bench.store.db, principal.grantId))?.odooSessionId).toBe('os_sample')
  })

  test.each([
    { name: 'that has ended', odooSessionId: 'os_sample' },
    { name: 'that is not there', odooSessionId: 'os_none' },
  ])('$name is refused, and leaves nothing behind', async ({ odooSessionId }) => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    await endOdooSession(bench.store.db, 'os_sample', bench.clock.nowMs())
    const refusal = await refusalOf(bench.tokens.startGrant(demoSignIn({ odooSessionId })))
    expect(refusal).toMatchObject({ code: 'grant.session_ended', status: 409 })
    expect(await bench.store.db.selectFrom('grant').selectAll().execute()).toEqual([])
    expect(bench.events).toEqual([])
    expect(await findOdooSession(bench.store.db, 'os_none')).toBeUndefined()
  })
})
