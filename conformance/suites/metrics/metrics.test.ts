import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { readProtected, rotate, sendSignIn, signIn } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

const TOKEN = 'metrics-token-of-the-suite'

const metricsOf = (gateway: Gateway, headers: RequestHeaders = {}) => call(gateway.url, { path: '/metrics', headers })

/** The value of a line of the metrics; 0 when it is not there. */
async function countOf(gateway: Gateway, line: string): Promise<number> {
  const { text } = await metricsOf(gateway)
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? 0 : Number(found.slice(line.length + 1))
}

// skip: against a gateway that was given: its metrics are not for whoever runs the suite.
describe.runIf(canStartGateways)('GET /metrics', () => {
  let plain: Gateway
  let guarded: Gateway
  beforeAll(async () => {
    plain = await startOwnGateway()
    guarded = await startOwnGateway({
      settings: { trustedProxies: ['127.0.0.1'] },
      env: { METRICS_TOKEN: TOKEN },
    })
  })
  afterAll(async () => {
    await plain?.stop()
    await guarded?.stop()
  })

  test('answers this machine in the format of Prometheus', async () => {
    const answer = await metricsOf(plain)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(answer.headers['cache-control']).toMatch(/no-store/)
    expect(answer.text).toMatch(/^process_cpu_seconds_total /m)
    expect(answer.text).toMatch(/^# TYPE gatehouse_http_request_duration_seconds histogram$/m)
  })

  test.each([
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['Forwarded', 'for=127.0.0.1'],
  ])('is not for whom a proxy on this machine brings along (%s: %s)', async (name, value) => {
    for (const gateway of [plain, guarded]) {
      const answer = await metricsOf(gateway, { [name]: value })
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.text).not.toContain('process_cpu')
    }
  })

  test('is for whoever has METRICS_TOKEN, wherever he is', async () => {
    const from = { 'X-Forwarded-For': '203.0.113.9' }
    expect((await metricsOf(guarded, { ...from, Authorization: `Bearer ${TOKEN}` })).status).toBe(200)
    for (const wrong of [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, 'Bearer']) {
      expect((await metricsOf(guarded, { ...from, Authorization: wrong })).status, wrong).toBe(401)
    }
    expect((await call(guarded.url, { path: `/metrics?access_token=${TOKEN}`, headers: from })).status).toBe(400)
  })

  test('no METRICS_TOKEN lets nobody in from elsewhere, whatever he sends', async () => {
    for (const sent of ['Bearer undefined', 'Bearer null', 'Bearer ']) {
      const answer = await metricsOf(plain, { 'X-Forwarded-For': '203.0.113.9', Authorization: sent })
      expect(answer.status, sent).toBe(401)
    }
  })

  test('counts sign-ins, tokens, denials and calls to Odoo, and names nobody', async () => {
    const { demo } = target.users
    const session = await rotate(await signIn(plain.url, demo))
    await sendSignIn(plain.url, { ...demo, password: 'wrong' })
    const denied = await call(plain.url, {
      path: '/api/send_request',
      query: { model: 'ir.rule', fields: '["name"]' },
      headers: { Authorization: `Bearer ${session.token}` },
    })
    expect(denied.status).toBe(403)
    await readProtected(plain.url, { Authorization: 'Bearer nobody' })
    expect(await countOf(plain, 'gatehouse_sign_ins_total{result="signed_in"}')).toBeGreaterThan(0)
    expect(await countOf(plain, 'gatehouse_sign_ins_total{result="denied"}')).toBeGreaterThan(0)
    expect(await countOf(plain, 'gatehouse_tokens_total{for="rotation"}')).toBeGreaterThan(0)
    expect(await countOf(plain, 'gatehouse_denied_total{verb="read",code="model.not_exposed"}')).toBeGreaterThan(0)
    expect(await countOf(plain, `gatehouse_grants{database="${target.database}"}`)).toBeGreaterThan(0)
    expect(await countOf(plain, `gatehouse_odoo_sessions{database="${target.database}"}`)).toBeGreaterThan(0)
    const route = 'gatehouse_http_request_duration_seconds_count{route="/api/send_request",method="GET",status="4xx"}'
    expect(await countOf(plain, route)).toBeGreaterThan(0)
    const { text } = await metricsOf(plain)
    expect(text).toMatch(/^gatehouse_odoo_call_duration_seconds_count\{database="[^"]+",call="sign_in",outcome="ok"\}/m)
    for (const told of ['ir.rule', '127.0.0.1', session.token, session.refreshToken]) expect(text).not.toContain(told)
  })

  test('made-up paths and methods make no new lines', async () => {
    const lines = async () => (await metricsOf(plain)).text.split('\n').length
    await call(plain.url, { path: '/made/up/0' })
    const before = await lines()
    for (let number = 1; number <= 20; number += 1) await call(plain.url, { path: `/made/up/${number}?x=${number}` })
    expect(await lines()).toBe(before)
  })
})
