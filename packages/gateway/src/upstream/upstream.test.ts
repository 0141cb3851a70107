import { OdooSession } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import type { UserPrincipal } from '../kernel/principal.ts'
import { type Act, scriptedOdoo, sessionIdOf } from './testing/scripted-odoo.ts'
import { createUpstream } from './upstream.ts'

const principal: UserPrincipal = {
  kind: 'user',
  database: 'demo',
  uid: 6,
  login: 'demo',
  grantId: 'gr_1',
  api: 'default',
  clientId: 'odoo-jwt',
  scopes: ['*:read'],
  administrator: false,
}

/** The upstream of one principal over a scripted Odoo; `newer` says that another node has rotated the session. */
function upstreamOver(script: readonly Act[], { newer = false } = {}) {
  const odoo = scriptedOdoo(...script)
  const { transport } = odoo.databases.get('demo')
  const sessionOf = (name: string) =>
    new OdooSession(transport, { sessionId: sessionIdOf(name), onSessionId: async () => {} })
  const ended: string[] = []
  const sessions = {
    behind: async () => sessionOf('first'),
    newerBehind: async () => (newer ? sessionOf('newer') : undefined),
    open: async () => ({ kind: 'denied' as const }),
    end: async () => {},
    leftToEnd: async () => [],
  }
  const upstream = createUpstream({
    databases: odoo.databases,
    sessions,
    clock: { nowMs: () => 0 },
    endGrant: async (grantId, reason) => {
      ended.push(`${grantId} ${reason}`)
    },
  })
  const { call } = upstream.as(principal)
  return { odoo, ended, call: (method: string) => call('res.partner', method, [[1]], {}) }
}

const dropped: Act = { unreachable: 'dropped', sent: true }
const unsent: Act = { unreachable: 'connect', sent: false }
const timeout: Act = { unreachable: 'timeout', sent: true }

describe('a broken connection', () => {
  const cases: readonly { name: string; method: string; script: readonly Act[]; requests: number; ok: boolean }[] = [
    { name: 'a read is asked once more', method: 'web_read', script: [dropped, { result: 1 }], requests: 2, ok: true },
    {
      name: 'a read is not asked a third time',
      method: 'web_read',
      script: [dropped, dropped],
      requests: 2,
      ok: false,
    },
    {
      name: 'a read that took too long is not asked again',
      method: 'web_read',
      script: [timeout],
      requests: 1,
      ok: false,
    },
    {
      name: 'a write that was not sent is sent',
      method: 'write',
      script: [unsent, { result: true }],
      requests: 2,
      ok: true,
    },
    {
      name: 'a write that may have arrived is never sent twice',
      method: 'write',
      script: [dropped],
      requests: 1,
      ok: false,
    },
    { name: 'an unknown method counts as a write', method: 'frobnicate', script: [dropped], requests: 1, ok: false },
  ]
  test.each(cases)('$name', async ({ method, script, requests, ok }) => {
    const { odoo, call } = upstreamOver(script)
    const outcome = await call(method).then(
      () => true,
      () => false,
    )
    expect([odoo.paths.length, outcome]).toEqual([requests, ok])
  })
})

describe('a session that Odoo refuses', () => {
  test('ends the grant, which holds nothing to open another with', async () => {
    const { call, ended } = upstreamOver([{ expired: true }])
    await expect(call('web_read')).rejects.toMatchObject({ code: 'session.expired', status: 401 })
    expect(ended).toEqual(['gr_1 odoo_session_expired'])
  })

  test('is replaced by one that another node has rotated to; the call, not carried out, is sent again', async () => {
    const { odoo, call, ended } = upstreamOver([{ expired: true }, { result: 'done' }], { newer: true })
    expect(await call('write')).toBe('done')
    expect(odoo.usedIds).toEqual([sessionIdOf('first'), sessionIdOf('newer')])
    expect(ended).toEqual([])
  })
})
