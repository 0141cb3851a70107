import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { findGrant } from '../store/grants.ts'
import { findOdooSession, insertOdooSession } from '../store/odoo-sessions.ts'
import { findRefreshToken } from '../store/refresh-tokens.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

const NOTHING = {
  endedGrants: 0,
  sealedSuccessors: 0,
  grants: 0,
  odooSessions: 0,
  mfaChallenges: 0,
  trustedDevices: 0,
  knownAddresses: 0,
}

describe('a sweep', () => {
  test('changes nothing that can still be used', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceMs(9_999)
    expect(await bench.tokens.sweep(100)).toEqual(NOTHING)
    expect((await bench.tokens.rotate(first.refreshToken)).refreshToken).toBe(second.refreshToken)
  })

  test('wipes the sealed successor when the window ends, and reuse is still noticed', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceSeconds(10)
    expect(await bench.tokens.sweep(100)).toEqual({ ...NOTHING, sealedSuccessors: 1 })
    const token = await findRefreshToken(bench.store.db, hashSecret(first.refreshToken))
    expect(token?.consumed?.successorSealed).toBeUndefined()
    expect(await codeOf(bench.tokens.rotate(first.refreshToken))).toBe('token.reused')
  })

  test('ends a grant whose last token ran out, once its access tokens are dead too, with its Odoo session', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const { principal, refreshToken } = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    bench.clock.advanceMs(3_600_000 - 1)
    const last = await bench.tokens.accessFromRefresh(refreshToken)
    bench.clock.advanceMs(59_999)
    expect(await bench.tokens.sweep(100)).toEqual(NOTHING)
    await expect(bench.tokens.verifyAccessToken(last.accessToken)).rejects.toMatchObject({ code: 'token.invalid' })
    bench.clock.advanceMs(2)
    expect(await bench.tokens.sweep(100)).toEqual({ ...NOTHING, endedGrants: 1 })
    expect(await findGrant(bench.store.db, principal.grantId)).toMatchObject({ endedReason: 'idle' })
    expect(await findOdooSession(bench.store.db, 'os_sample')).toMatchObject({ endedAtMs: bench.clock.nowMs() })
    expect(bench.events.at(-1)).toMatchObject({ kind: 'grant_ended', reason: 'idle', odooSessionToEnd: 'os_sample' })
    expect(await bench.tokens.sweep(100)).toEqual(NOTHING)
  })

  test('ends a grant that is past its end', async () => {
    await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 60 })
    const { principal } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceMs(59_999)
    expect(await bench.tokens.sweep(100)).toEqual(NOTHING)
    bench.clock.advanceMs(1)
    expect(await bench.tokens.sweep(100)).toEqual({ ...NOTHING, endedGrants: 1 })
    expect(await findGrant(bench.store.db, principal.grantId)).toMatchObject({ endedReason: 'expired' })
  })

  test('removes an ended grant and its Odoo session in the end', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const { principal } = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    bench.clock.advanceSeconds(86_400)
    expect(await bench.tokens.sweep(100)).toEqual({ ...NOTHING, odooSessions: 1 })
    bench.clock.advanceSeconds(6 * 86_400)
    expect(await bench.tokens.sweep(100)).toEqual({ ...NOTHING, grants: 1 })
    expect(await findGrant(bench.store.db, principal.grantId)).toBeUndefined()
  })

  test('ends at most as many grants as it may, the oldest first', async () => {
    await using bench = await openTokenWorkbench()
    const oldest = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(1)
    await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(7_200)
    expect(await bench.tokens.sweep(1)).toMatchObject({ endedGrants: 1 })
    expect(await findGrant(bench.store.db, oldest.principal.grantId)).toMatchObject({ endedReason: 'idle' })
    expect(await bench.tokens.sweep(1)).toMatchObject({ endedGrants: 1 })
    expect(await bench.tokens.sweep(1)).toMatchObject({ endedGrants: 0 })
  })
})
