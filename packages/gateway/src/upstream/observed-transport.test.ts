import { type OdooTransport, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { type OdooCallFinished, observedTransport } from './observed-transport.ts'
import { odooCallKind } from './odoo-call-kind.ts'

const PATH = '/web/dataset/call_kw/res.partner/web_search_read'

/** What is told of a call that takes 40 ms and is answered so. */
async function told(answer: { status: number; body: string } | Error): Promise<OdooCallFinished | undefined> {
  const clock = createManualClock()
  const reply = async () => {
    clock.advanceMs(40)
    if (answer instanceof Error) throw answer
    return { status: answer.status, headers: {}, body: Buffer.from(answer.body) }
  }
  const transport: OdooTransport = { url: 'http://odoo', post: reply, get: reply, close: async () => {} }
  const calls: OdooCallFinished[] = []
  const observed = observedTransport(transport, 'demo', { clock, onCall: (call) => calls.push(call) })
  await observed.post(PATH, { body: '{}' }).catch(() => undefined)
  return calls[0]
}

describe('a call to Odoo is told with its outcome', () => {
  const unreachable = (reason: 'timeout' | 'dropped') => new OdooUnreachable(reason, { sent: true })
  test.each([
    { outcome: 'ok', answer: { status: 200, body: '{"jsonrpc": "2.0", "id": 1, "result": {"error": "no fault"}}' } },
    { outcome: 'fault', answer: { status: 200, body: '{"jsonrpc": "2.0", "id": null, "error": {"code": 200}}' } },
    { outcome: 'fault', answer: { status: 503, body: 'busy' } },
    { outcome: 'timeout', answer: unreachable('timeout') },
    { outcome: 'dropped', answer: unreachable('dropped') },
    { outcome: 'failed', answer: new TypeError('ours') },
  ])('$outcome', async ({ outcome, answer }) => {
    expect(await told(answer)).toEqual({
      database: 'demo',
      call: 'read',
      model: 'res.partner',
      method: 'web_search_read',
      outcome,
      durationMs: 40,
    })
  })
})

test.each([
  [PATH, 'read'],
  ['/web/dataset/call_kw/res.partner/unlink', 'write'],
  ['/web/dataset/call_kw/sale.order/action_confirm', 'method'],
  ['/json/2/res.partner/search_read', 'read'],
  ['/web/session/authenticate', 'sign_in'],
  ['/web/session/destroy', 'sign_out'],
  ['/web/webclient/version_info', 'probe'],
  ['/jsonrpc', 'rpc'],
  ['/report/pdf/x/1', 'other'],
])('%s is a call of kind %s', (path, call) => {
  expect(odooCallKind(path).call).toBe(call)
})
