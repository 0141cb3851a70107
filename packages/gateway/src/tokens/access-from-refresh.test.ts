import { describe, expect, test } from 'vitest'
import { findGrant } from '../store/grants.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

describe('an access token for a refresh token', () => {
  test('is issued any number of times, and leaves the refresh token unused', async () => {
    await using bench = await openTokenWorkbench()
    const { refreshToken, refreshExpiresAtMs, principal } = await bench.tokens.startGrant(demoSignIn())
    for (let round = 0; round < 3; round += 1) {
      bench.clock.advanceSeconds(45)
      const access = await bench.tokens.accessFromRefresh(refreshToken)
      expect(access).toEqual({
        accessToken: expect.any(String),
        accessExpiresAtMs: bench.clock.nowMs() + 60_000,
        principal,
      })
      expect(await bench.tokens.verifyAccessToken(access.accessToken)).toEqual(principal)
    }
    const facts = await bench.tokens.findRefreshToken(refreshToken)
    expect(facts).toMatchObject({ consumed: false, expiresAtMs: refreshExpiresAtMs })
    expect(bench.events.at(-1)).toMatchObject({ kind: 'token_refreshed', by: 'access' })
  })

  test('is refused for one that ran out', async () => {
    await using bench = await openTokenWorkbench()
    const { refreshToken } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(3_600)
    expect(await codeOf(bench.tokens.accessFromRefresh(refreshToken))).toBe('token.invalid')
  })

  test('is issued for a used one inside the window, even when its successor was used', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    await bench.tokens.rotate(second.refreshToken)
    bench.clock.advanceMs(9_999)
    await expect(bench.tokens.accessFromRefresh(first.refreshToken)).resolves.toMatchObject({
      principal: first.principal,
    })
  })

  test('asked with a used one after the window is reuse: the grant is revoked and it is told', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceSeconds(10)
    expect(await codeOf(bench.tokens.accessFromRefresh(first.refreshToken))).toBe('token.reused')
    expect(await codeOf(bench.tokens.rotate(second.refreshToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.verifyAccessToken(second.accessToken))).toBe('token.invalid')
    expect((await findGrant(bench.store.db, first.principal.grantId))?.endedAtMs).toBe(bench.clock.nowMs())
    expect(bench.events.slice(-2).map((event) => event.kind)).toEqual(['reuse_detected', 'grant_ended'])
  })

  test('does not count as use of the successor: a repeat still gets it', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    await bench.tokens.accessFromRefresh(second.refreshToken)
    expect((await bench.tokens.rotate(first.refreshToken)).refreshToken).toBe(second.refreshToken)
  })

  test('is refused for a grant that is past its end', async () => {
    await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 60 })
    const { refreshToken } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(60)
    expect(await codeOf(bench.tokens.accessFromRefresh(refreshToken))).toBe('grant.ended')
  })
})
