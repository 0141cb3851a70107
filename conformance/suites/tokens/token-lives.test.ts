import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { numberAt, textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { rotate, sendSignIn, signIn, updateAccessToken, useToken, waitForStatus } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

const LIVES = {
  accessTtlSeconds: 2,
  refreshTtlSeconds: 3,
  rotationPeriodSeconds: 2,
  grantMaxLifeSeconds: 7,
  graceSeconds: 1,
}

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('the lives that the settings give', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startOwnGateway({ settings: { tokens: LIVES } })
  })
  afterAll(() => gateway.stop())

  test('are told at sign-in', async () => {
    expect((await sendSignIn(gateway.url, target.users.demo)).json).toMatchObject({
      short_term_token_span: LIVES.accessTtlSeconds,
      long_term_token_span: LIVES.refreshTtlSeconds,
      rotation_period: LIVES.rotationPeriodSeconds,
    })
  })

  test('end an access token at its exp', async () => {
    const { token } = await signIn(gateway.url, target.users.demo)
    const { claims } = readJwt(token)
    expect(numberAt(claims, 'exp') - numberAt(claims, 'iat')).toBe(LIVES.accessTtlSeconds)
    expect((await useToken(gateway.url, token)).status).toBe(200)
    expect(await waitForStatus(() => useToken(gateway.url, token), 401, 5_000)).toBeDefined()
    expectUnauthorized(await useToken(gateway.url, token))
  })

  test('end a refresh token that nobody used', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    await wait(LIVES.refreshTtlSeconds * 1000 + 250)
    expectUnauthorized(await updateAccessToken(session))
  })

  test("slide with each rotation, and never past the grant's end", async () => {
    const startMs = Date.now()
    let session = await signIn(gateway.url, target.users.demo)
    // Rotating needs a live access token, so each round renews it first.
    for (const _round of [1, 2]) {
      await wait(1_700)
      const renewed = await updateAccessToken(session)
      expect(renewed.status, renewed.text).toBe(200)
      session = await rotate({ ...session, token: textAt(renewed.json, 'access_token') })
    }
    expect(Date.now() - startMs, 'the first token would have ended').toBeGreaterThan(LIVES.refreshTtlSeconds * 1000)
    expect((await updateAccessToken(session)).status).toBe(200)
    // The last one was made at about 3.4 s and would live until 6.4 s; rotated again it would outlive the grant.
    await wait(Math.max(0, startMs + 5_600 - Date.now()))
    const renewed = await updateAccessToken(session)
    session = await rotate({ ...session, token: textAt(renewed.json, 'access_token') })
    await wait(Math.max(0, startMs + LIVES.grantMaxLifeSeconds * 1000 + 250 - Date.now()))
    expectUnauthorized(await updateAccessToken(session))
  })
})
