import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

const none = async () => ({ odooSessions: new Map<string, number>(), grants: new Map<string, number>() })

const finished = {
  requestId: 'req_1',
  method: 'GET',
  route: '/api/send_request',
  status: 200,
  durationMs: 12,
  address: '203.0.113.9',
}

test('requests are counted by route, method and class of the status, and refusals by code', async () => {
  const metrics = createMetrics(none)
  metrics.requestFinished(finished)
  metrics.requestFinished({ ...finished, status: 403, code: 'model.not_exposed' })
  metrics.requestFinished({ ...finished, method: 'PROPFIND', route: 'unknown', status: 404, code: 'route.unknown' })
  const text = await metrics.text()
  expect(text).toContain('duration_seconds_count{route="/api/send_request",method="GET",status="2xx"} 1')
  expect(text).toContain('duration_seconds_sum{route="/api/send_request",method="GET",status="4xx"} 0.012')
  expect(text).toContain('duration_seconds_count{route="unknown",method="other",status="4xx"} 1')
  expect(text).toContain('gatehouse_refusals_total{code="model.not_exposed"} 1')
})

test('nothing that a caller can make up is a label', async () => {
  const metrics = createMetrics(none)
  const where = { address: '203.0.113.9', requestId: 'req_1' }
  const whose = { database: 'demo', uid: 6, grantId: 'gr_1' }
  metrics.observe({ kind: 'signed_in', login: 'ada', api: 'default', surface: 'odoo-jwt', ...whose, ...where })
  metrics.observe({
    kind: 'denied',
    login: 'ada',
    api: 'default',
    model: 'x.made.up',
    verb: 'read',
    code: 'c',
    ...whose,
  })
  metrics.observe({ kind: 'token_contradiction', reason: 'user', ...whose, ...where })
  metrics.observe({ kind: 'sign_in_misdirected', ...where })
  metrics.requestFinished(finished)
  const text = await metrics.text()
  for (const told of ['ada', 'x.made.up', '203.0.113.9', 'gr_1', 'req_1']) expect(text).not.toContain(told)
})

test('without the store the rest is told all the same', async () => {
  const metrics = createMetrics(() => Promise.reject(new Error('away')))
  metrics.requestFinished(finished)
  const text = await metrics.text()
  expect(text).toContain('gatehouse_store_errors_total{during="metrics"} 1')
  expect(text).toContain('gatehouse_http_request_duration_seconds_count')
  expect(text).not.toMatch(/^gatehouse_grants\{/m)
})

test('sessions and grants are what the store says now', async () => {
  const counts = new Map([['demo', 3]])
  const metrics = createMetrics(async () => ({ odooSessions: counts, grants: counts }))
  expect(await metrics.text()).toContain('gatehouse_odoo_sessions{database="demo"} 3')
  counts.clear()
  expect(await metrics.text()).not.toMatch(/^gatehouse_odoo_sessions\{/m)
})
