import { expect, test } from 'vitest'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

test('a refresh token tells whose it is, unused, used and expired, and is not used by that', async () => {
  await using bench = await openTokenWorkbench()
  const first = await bench.tokens.startGrant(demoSignIn())
  const facts = {
    grantId: first.principal.grantId,
    clientId: 'odoo-jwt',
    database: 'demo',
    uid: 6,
    login: 'demo',
    api: 'default',
    surface: 'odoo-jwt',
    expiresAtMs: first.refreshExpiresAtMs,
    consumed: false,
    grantLive: true,
  }
  expect(await bench.tokens.findRefreshToken(first.refreshToken)).toEqual(facts)
  expect(await bench.tokens.findRefreshToken(first.refreshToken)).toEqual(facts)
  await bench.tokens.rotate(first.refreshToken)
  bench.clock.advanceSeconds(7_200)
  expect(await bench.tokens.findRefreshToken(first.refreshToken)).toEqual({ ...facts, consumed: true })
})

test('a refresh token tells when its grant is past its end', async () => {
  await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 60 })
  const { refreshToken } = await bench.tokens.startGrant(demoSignIn())
  bench.clock.advanceSeconds(60)
  expect(await bench.tokens.findRefreshToken(refreshToken)).toMatchObject({ grantLive: false })
})
