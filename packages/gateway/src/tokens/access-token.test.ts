import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench, TEST_ISSUER } from './testing/token-workbench.ts'

describe('an access token', () => {
  test('says what RFC 9068 and the contract ask for, and no more', async () => {
    await using bench = await openTokenWorkbench()
    const issued = await bench.tokens.startGrant(demoSignIn())
    const nowSeconds = bench.clock.nowMs() / 1000
    expect(decodeProtectedHeader(issued.accessToken)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: bench.tokens.jwks().keys[0]?.kid,
    })
    const { jti, ...claims } = decodeJwt(issued.accessToken)
    expect(claims).toEqual({
      iss: TEST_ISSUER,
      aud: `${TEST_ISSUER}/default`,
      sub: '6',
      db: 'demo',
      uid: 6,
      login: 'demo',
      scope: '*:read res.partner:update',
      client_id: 'odoo-jwt',
      sid: issued.principal.grantId,
      iat: nowSeconds,
      exp: nowSeconds + 60,
    })
    expect(jti).toMatch(/^at_[\w-]{16}$/)
    expect(issued.accessExpiresAtMs).toBe((nowSeconds + 60) * 1000)
  })

  test('has an id of its own each time', async () => {
    await using bench = await openTokenWorkbench()
    const { refreshToken, accessToken } = await bench.tokens.startGrant(demoSignIn())
    const again = await bench.tokens.accessFromRefresh(refreshToken)
    expect(decodeJwt(again.accessToken).jti).not.toBe(decodeJwt(accessToken).jti)
  })

  test('makes the caller known', async () => {
    await using bench = await openTokenWorkbench()
    const issued = await bench.tokens.startGrant(demoSignIn({ administrator: true }))
    expect(await bench.tokens.verifyAccessToken(issued.accessToken)).toEqual({
      kind: 'user',
      database: 'demo',
      uid: 6,
      login: 'demo',
      grantId: issued.principal.grantId,
      api: 'default',
      clientId: 'odoo-jwt',
      scopes: ['*:read', 'res.partner:update'],
      administrator: true,
    })
    expect(issued.principal.administrator).toBe(true)
  })

  test('lives to the second before its end', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceMs(59_999)
    const node = await bench.openNode()
    await expect(node.verifyAccessToken(accessToken)).resolves.toMatchObject({ uid: 6 })
    bench.clock.advanceMs(1)
    expect(await codeOf(node.verifyAccessToken(accessToken))).toBe('token.invalid')
    expect(await codeOf((await bench.openNode()).verifyAccessToken(accessToken))).toBe('token.invalid')
  })

  test('never outlives its grant', async () => {
    await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 90 })
    const { refreshToken } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(60)
    const { accessToken, accessExpiresAtMs } = await bench.tokens.accessFromRefresh(refreshToken)
    expect(accessExpiresAtMs - bench.clock.nowMs()).toBe(30_000)
    bench.clock.advanceSeconds(29)
    await expect(bench.tokens.verifyAccessToken(accessToken)).resolves.toBeDefined()
    bench.clock.advanceSeconds(1)
    expect(await codeOf(bench.tokens.verifyAccessToken(accessToken))).toBe('token.invalid')
  })

  test('of a node whose clock is a little ahead is accepted', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken } = await bench.tokens.startGrant(demoSignIn())
    bench.clock.advanceSeconds(-3)
    await expect(bench.tokens.verifyAccessToken(accessToken)).resolves.toMatchObject({ uid: 6 })
  })
})
