import { describe, expect, test } from 'vitest'
import { findOdooSession, insertOdooSession } from '../store/odoo-sessions.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { codeOf, refusalOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

describe('revocation', () => {
  test('ends refresh tokens and access tokens at once on this node, and says so', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken, refreshToken, principal } = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.verifyAccessToken(accessToken)
    const { grant } = await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    expect(grant).toMatchObject({ id: principal.grantId, endedAtMs: bench.clock.nowMs(), endedReason: 'signed out' })
    expect(await codeOf(bench.tokens.verifyAccessToken(accessToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.rotate(refreshToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.accessFromRefresh(refreshToken))).toBe('token.invalid')
    expect(await bench.tokens.findRefreshToken(refreshToken)).toBeUndefined()
    expect(bench.events.at(-1)).toEqual({ kind: 'grant_ended', atMs: bench.clock.nowMs(), grant, reason: 'signed out' })
  })

  test('is felt by every other node within 2 s, refresh tokens at once', async () => {
    await using bench = await openTokenWorkbench()
    const node = await bench.openNode()
    const { accessToken, refreshToken, principal } = await bench.tokens.startGrant(demoSignIn())
    await node.verifyAccessToken(accessToken)
    await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    expect(await codeOf(node.rotate(refreshToken))).toBe('token.invalid')
    bench.clock.advanceMs(1_999)
    await expect(node.verifyAccessToken(accessToken)).resolves.toEqual(principal)
    bench.clock.advanceMs(1)
    expect(await codeOf(node.verifyAccessToken(accessToken))).toBe('token.invalid')
  })

  test('of a grant that has ended already answers it as it is, and tells nothing twice', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const { principal } = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    const first = await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    bench.clock.advanceSeconds(1)
    const second = await bench.tokens.revokeGrant(principal.grantId, 'again')
    expect(second).toEqual({ grant: first.grant })
    expect(bench.events.filter((event) => event.kind === 'grant_ended')).toHaveLength(1)
  })

  test('of a grant that never was is refused', async () => {
    await using bench = await openTokenWorkbench()
    const refusal = await refusalOf(bench.tokens.revokeGrant('gr_none', 'signed out'))
    expect(refusal).toMatchObject({ code: 'grant.unknown', status: 404 })
  })
})

describe('the Odoo session behind a revoked grant', () => {
  test('is named for log-out, ended here, and its id kept until Odoo was told', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const { principal } = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    const ended = await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    expect(ended.odooSessionToEnd).toBe('os_sample')
    expect(await findOdooSession(bench.store.db, 'os_sample')).toMatchObject({
      endedAtMs: bench.clock.nowMs(),
      sealedSessionId: 'sealed-1',
    })
  })

  test('stays while another live grant shares it, and goes with the last', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const first = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    const second = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    expect(await bench.tokens.revokeGrant(first.principal.grantId, 'signed out')).not.toHaveProperty('odooSessionToEnd')
    expect((await findOdooSession(bench.store.db, 'os_sample'))?.endedAtMs).toBeUndefined()
    const last = await bench.tokens.revokeGrant(second.principal.grantId, 'signed out')
    expect(last.odooSessionToEnd).toBe('os_sample')
  })

  test('goes when the other grant on it is past its end', async () => {
    await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 100 })
    await insertOdooSession(bench.store.db, sampleOdooSession())
    await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    bench.clock.advanceSeconds(50)
    const second = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    bench.clock.advanceSeconds(50)
    expect(await bench.tokens.revokeGrant(second.principal.grantId, 'signed out')).toHaveProperty('odooSessionToEnd')
  })

  test('is named to one caller only, when the grants on it end at once', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const grants = await Promise.all(
      Array.from({ length: 8 }, () => bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))),
    )
    const ended = await Promise.all(grants.map((grant) => bench.tokens.revokeGrant(grant.principal.grantId, 'all out')))
    expect(ended.filter((end) => end.odooSessionToEnd !== undefined)).toHaveLength(1)
  })
})
