import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { numberAt, textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { rotate, sendSignIn, signIn, updateAccessToken, useToken, waitForStatus } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

// The shortest lives that the settings allow: these guarantees are about time, so the suite must wait for it.
const LIVES = { accessTtlSeconds: 5, refreshTtlSeconds: 5, rotationPeriodSeconds: 5, graceSeconds: 1 }
const MARGIN_MS = 250

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

  test('end an access token at its exp, and a refresh token that nobody used', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    const { claims } = readJwt(session.token)
    expect(numberAt(claims, 'exp') - numberAt(claims, 'iat')).toBe(LIVES.accessTtlSeconds)
    expect((await useToken(gateway.url, session.token)).status).toBe(200)
    const endsInMs = numberAt(claims, 'exp') * 1_000 - Date.now()
    const ended = await waitForStatus(() => useToken(gateway.url, session.token), 401, endsInMs + 2_000)
    expect(ended).toBeDefined()
    expectUnauthorized(await useToken(gateway.url, session.token))
    await wait(MARGIN_MS + 1_000)
    expectUnauthorized(await updateAccessToken(session))
  })

  test('of a refresh token begin anew with each rotation', async () => {
    const startMs = Date.now()
    let session = await signIn(gateway.url, target.users.demo)
    await wait(LIVES.refreshTtlSeconds * 1_000 - 1_500)
    const renewed = await updateAccessToken(session)
    session = await rotate({ ...session, token: textAt(renewed.json, 'access_token') })
    await wait(startMs + LIVES.refreshTtlSeconds * 1_000 + MARGIN_MS - Date.now())
    expect((await updateAccessToken(session)).status).toBe(200)
  })
})
