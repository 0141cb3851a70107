import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { findGrant } from '../store/grants.ts'
import { insertOdooSession } from '../store/odoo-sessions.ts'
import { findRefreshToken } from '../store/refresh-tokens.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { codeOf, refusalOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench, type TokenWorkbench } from './testing/token-workbench.ts'

describe('rotation', () => {
  test('answers a new refresh token and a new access token, and says so', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(30)
    const second = await bench.tokens.rotate(first.refreshToken)
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.principal).toEqual(first.principal)
    expect(second.refreshExpiresAtMs).toBe(bench.clock.nowMs() + 3_600_000)
    await expect(bench.tokens.verifyAccessToken(second.accessToken)).resolves.toEqual(first.principal)
    expect(bench.events.at(-1)).toMatchObject({ kind: 'token_refreshed', by: 'rotation', atMs: bench.clock.nowMs() })
  })

  test('slides the refresh life, and never past the end of the grant', async () => {
    await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 9_000 })
    let current = await bench.tokens.startGrant(demoSignIn())
    const grantEndMs = bench.clock.nowMs() + 9_000_000
    const ends: number[] = []
    for (let round = 0; round < 3; round += 1) {
      bench.clock.advanceSeconds(2_900)
      current = await bench.tokens.rotate(current.refreshToken)
      ends.push(grantEndMs - current.refreshExpiresAtMs)
    }
    expect(ends).toEqual([2_500_000, 0, 0])
    expect(current.accessExpiresAtMs).toBe(bench.clock.nowMs() + 60_000)
    bench.clock.advanceSeconds(300)
    expect(await codeOf(bench.tokens.rotate(current.refreshToken))).toBe('grant.ended')
  })

  test('refuses a token that ran out unused, without harm to the grant', async () => {
    await using bench = await openTokenWorkbench()
    const { refreshToken, principal } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(3_600)
    expect(await codeOf(bench.tokens.rotate(refreshToken))).toBe('token.invalid')
    expect((await findGrant(bench.store.db, principal.grantId))?.endedAtMs).toBeUndefined()
  })

  test.each([
    { name: 'an access token', token: (issued: { accessToken: string }) => issued.accessToken },
    { name: 'a token that never was', token: () => 'A'.repeat(43) },
    { name: 'a truncated token', token: (issued: { refreshToken: string }) => issued.refreshToken.slice(0, -1) },
    { name: 'a token with a space', token: (issued: { refreshToken: string }) => `${issued.refreshToken} ` },
    { name: 'the hash of a token', token: (issued: { refreshToken: string }) => hashSecret(issued.refreshToken) },
    { name: 'nothing', token: () => '' },
    { name: 'a megabyte', token: () => 'A'.repeat(1_000_000) },
    { name: 'SQL', token: () => `' or 1=1 --` },
  ])('refuses $name, and uses nothing up', async ({ token }) => {
    await using bench = await openTokenWorkbench()
    const issued = await bench.tokens.startGrant(demoSignIn())
    const presented = token(issued)
    const refusal = await refusalOf(bench.tokens.rotate(presented))
    expect(refusal).toMatchObject({ code: 'token.invalid', status: 401, word: 'invalid_token' })
    expect(await codeOf(bench.tokens.accessFromRefresh(presented))).toBe('token.invalid')
    expect(await bench.tokens.findRefreshToken(presented)).toBeUndefined()
    await expect(bench.tokens.rotate(issued.refreshToken)).resolves.toBeDefined()
  })

  test.each([
    { name: 'the grant of another access token', expected: { grantId: 'gr_other' } },
    { name: 'another client', expected: { clientId: 'send-request' } },
  ])('refuses a token that is not of $name, and uses nothing up', async ({ expected }) => {
    await using bench = await openTokenWorkbench()
    const { refreshToken, principal } = await bench.tokens.startGrant(demoSignIn())
    expect(await codeOf(bench.tokens.rotate(refreshToken, expected))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.accessFromRefresh(refreshToken, expected))).toBe('token.invalid')
    const owner = { grantId: principal.grantId, clientId: 'odoo-jwt' }
    await expect(bench.tokens.rotate(refreshToken, owner)).resolves.toBeDefined()
  })
})

describe('inside the grace window', () => {
  test('a repeat gets the same successor and a new access token, to its last millisecond', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceMs(9_999)
    const repeat = await bench.tokens.rotate(first.refreshToken)
    expect(repeat.refreshToken).toBe(second.refreshToken)
    expect(repeat.refreshExpiresAtMs).toBe(second.refreshExpiresAtMs)
    expect(repeat.accessToken).not.toBe(second.accessToken)
    expect(repeat.accessExpiresAtMs).toBeGreaterThan(second.accessExpiresAtMs)
    expect(bench.events.at(-1)).toMatchObject({ kind: 'token_refreshed', by: 'repeat' })
    await expect(bench.tokens.rotate(repeat.refreshToken)).resolves.toBeDefined()
  })

  test('a repeat is answered by another node as well', async () => {
    await using bench = await openTokenWorkbench()
    const node = await bench.openNode()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    expect((await node.rotate(first.refreshToken)).refreshToken).toBe(second.refreshToken)
  })

  test('a repeat is refused without harm once the successor was used', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    const third = await bench.tokens.rotate(second.refreshToken)
    const refusal = await refusalOf(bench.tokens.rotate(first.refreshToken))
    expect(refusal).toMatchObject({ code: 'token.invalid', status: 401, internal: 'refresh token: successor_used' })
    await expect(bench.tokens.rotate(third.refreshToken)).resolves.toBeDefined()
    expect(bench.events.map((event) => event.kind)).not.toContain('grant_ended')
  })

  test('the successor lies sealed in the store, and only by its hash once it was used', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    const second = await bench.tokens.rotate(first.refreshToken)
    const kept = (await findRefreshToken(bench.store.db, hashSecret(first.refreshToken)))?.consumed
    expect(kept?.successorSealed).toMatch(/^s1\./)
    expect(await storedText(bench)).not.toContain(second.refreshToken)
    await bench.tokens.rotate(second.refreshToken)
    const wiped = (await findRefreshToken(bench.store.db, hashSecret(first.refreshToken)))?.consumed
    expect(wiped).toMatchObject({ successorSealed: undefined, successorHash: hashSecret(second.refreshToken) })
  })

  test('a sealed successor that was moved to another row opens for nobody', async () => {
    await using bench = await openTokenWorkbench()
    const victim = await bench.tokens.startGrant(demoSignIn({ login: 'admin', uid: 2 }))
    const thief = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(victim.refreshToken)
    await bench.tokens.rotate(thief.refreshToken)
    const stolen = (await findRefreshToken(bench.store.db, hashSecret(victim.refreshToken)))?.consumed?.successorSealed
    await bench.store.db
      .updateTable('refresh_token')
      .set({ successor_sealed: stolen ?? '' })
      .where('hash', '=', hashSecret(thief.refreshToken))
      .execute()
    expect(await codeOf(bench.tokens.rotate(thief.refreshToken))).toBe('sealed.unreadable')
  })

  test('there is no grace for an ended grant', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(first.refreshToken)
    await bench.tokens.revokeGrant(first.principal.grantId, 'signed out')
    expect(await codeOf(bench.tokens.rotate(first.refreshToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.accessFromRefresh(first.refreshToken))).toBe('token.invalid')
  })

  test('there is none with a window of 0 s', async () => {
    await using bench = await openTokenWorkbench({ graceSeconds: 0 })
    const first = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(first.refreshToken)
    expect(await codeOf(bench.tokens.rotate(first.refreshToken))).toBe('token.reused')
  })
})

describe('after the grace window', () => {
  test('reuse revokes the whole grant, answers as an invalid token and is told', async () => {
    await using bench = await openTokenWorkbench()
    await insertOdooSession(bench.store.db, sampleOdooSession())
    const first = await bench.tokens.startGrant(demoSignIn({ odooSessionId: 'os_sample' }))
    const second = await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceMs(10_000)
    const refusal = await refusalOf(bench.tokens.rotate(first.refreshToken))
    const invalid = await refusalOf(bench.tokens.rotate('A'.repeat(43)))
    expect(refusal.code).toBe('token.reused')
    const shown = ({ status, word, message, category, data }: typeof refusal) => ({
      status,
      word,
      message,
      category,
      data,
    })
    expect(shown(refusal)).toEqual(shown(invalid))

    expect(await codeOf(bench.tokens.rotate(second.refreshToken))).toBe('token.invalid')
    expect(await codeOf(bench.tokens.verifyAccessToken(second.accessToken))).toBe('token.invalid')
    const grant = await findGrant(bench.store.db, first.principal.grantId)
    expect(grant).toMatchObject({ endedAtMs: bench.clock.nowMs(), endedReason: 'refresh token reused' })
    expect(bench.events.slice(-2)).toEqual([
      { kind: 'reuse_detected', atMs: bench.clock.nowMs(), grant },
      {
        kind: 'grant_ended',
        atMs: bench.clock.nowMs(),
        grant,
        reason: 'refresh token reused',
        odooSessionToEnd: 'os_sample',
      },
    ])
  })

  test('reuse is noticed though the token itself has long expired, and though others followed it', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    let current = await bench.tokens.rotate(first.refreshToken)
    for (let round = 0; round < 3; round += 1) {
      bench.clock.advanceSeconds(3_000)
      current = await bench.tokens.rotate(current.refreshToken)
    }
    await bench.tokens.sweep(100)
    expect(await codeOf(bench.tokens.rotate(first.refreshToken))).toBe('token.reused')
    expect(await codeOf(bench.tokens.rotate(current.refreshToken))).toBe('token.invalid')
  })

  test('the revocation is on the disk although the call answered an error', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceSeconds(10)
    await codeOf(bench.tokens.rotate(first.refreshToken))
    const node = await bench.openNode()
    expect(await codeOf(node.verifyAccessToken(first.accessToken))).toBe('token.invalid')
  })

  test('reuse of one grant leaves the other grants of the user alone', async () => {
    await using bench = await openTokenWorkbench()
    const phone = await bench.tokens.startGrant(demoSignIn())
    const laptop = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(phone.refreshToken)
    bench.clock.advanceSeconds(10)
    expect(await codeOf(bench.tokens.rotate(phone.refreshToken))).toBe('token.reused')
    await expect(bench.tokens.rotate(laptop.refreshToken)).resolves.toBeDefined()
  })

  test('many that reuse at once are all refused, and it is told once', async () => {
    await using bench = await openTokenWorkbench()
    const first = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.rotate(first.refreshToken)
    bench.clock.advanceSeconds(10)
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(bench.tokens.rotate(first.refreshToken))))
    expect(codes.filter((code) => code === 'token.reused')).toHaveLength(1)
    expect(codes.filter((code) => code === 'token.invalid')).toHaveLength(7)
    expect(bench.events.filter((event) => event.kind === 'grant_ended')).toHaveLength(1)
  })
})

async function storedText(bench: TokenWorkbench): Promise<string> {
  return JSON.stringify(await bench.store.db.selectFrom('refresh_token').selectAll().execute())
}
