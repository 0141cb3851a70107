import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { openScratch, recordsOf } from '../../harness/records.ts'
import { revoke, rotate, sendSignIn, signIn, signInAsBrowser } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('the log', () => {
  let gateway: Gateway
  const secrets: string[] = []
  const marks: string[] = []

  beforeAll(async () => {
    gateway = await startOwnGateway({ env: { LOG_LEVEL: 'trace' } })
    const wrongPassword = `wrong-${randomUUID()}`
    await sendSignIn(gateway.url, { login: 'demo', password: wrongPassword })
    const first = await signIn(gateway.url, target.users.demo)
    const next = await rotate(first)
    const browser = await signInAsBrowser(gateway.url, target.users.demo)
    const cookie = browser.cookie.slice('refreshToken='.length)
    const scratch = openScratch(recordsOf(next))
    await scratch.partner({ email: `${scratch.marker}@example.com` })
    await recordsOf(next).list('res.partner', { fields: ['name'], domain: [['name', 'like', scratch.marker]] })
    await scratch.clean()
    const queried = `queried-${randomUUID()}`
    await call(gateway.url, { path: `/api/send_request?model=res.partner&password=${queried}` })
    const forged = `forged-${randomUUID()}.${randomUUID()}.x`
    await call(gateway.url, { path: '/api/protected/json', headers: { Authorization: `Bearer ${forged}` }, json: {} })
    await call(gateway.url, {
      path: '/api/authenticate',
      headers: { 'Content-Type': 'application/json' },
      body: `{"password":"${wrongPassword}`,
    })
    await revoke(next)
    secrets.push(
      wrongPassword,
      first.token,
      first.refreshToken,
      next.refreshToken,
      browser.token,
      cookie,
      queried,
      forged,
    )
    marks.push(scratch.marker)
  })
  afterAll(() => gateway.stop())

  test('holds no password, token or cookie', () => {
    for (const secret of secrets) {
      expect(gateway.output()).not.toContain(secret)
      expect(gateway.output()).not.toContain(encodeURIComponent(secret))
    }
    expect(gateway.output()).not.toMatch(/eyJ[\w-]{20,}\.|session_id=\w{20,}/)
  })

  test('holds no query string and no value of a record', () => {
    for (const mark of marks) expect(gateway.output()).not.toContain(mark)
    expect(gateway.output()).not.toMatch(/[?&](model|domain|fields)=/)
  })
})
