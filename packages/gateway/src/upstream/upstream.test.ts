import { OdooFault, OdooSession } from '@odoo-gatehouse/odoo/client'
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

/** The upstream of one principal over a scripted Odoo; `others` are the sessions that can take the place of a dead one. */
function upstreamOver(script: readonly Act[], others: readonly string[] = []) {
  const odoo = scriptedOdoo(...script)
  const { transport } = odoo.databases.get('demo')
  const sessionOf = (name: string) =>
    new OdooSession(transport, { sessionId: sessionIdOf(name), onSessionId: async () => {} })
  const left = [...others]
  const upstream = createUpstream({
    databases: odoo.databases,
    ways: {
      behind: async () => sessionOf('first'),
      insteadOf: async (_grantId, _refused, error) => {
        const next = error instanceof OdooFault && error.isSessionEnded ? left.shift() : undefined
        return next === undefined ? undefined : sessionOf(next)
      },
      forget: () => {},
    },
    clock: { nowMs: () => 0 },
  })
  const { call } = upstream.as(principal, '192.0.2.7')
  return { odoo, call: (method: string) => call('res.partner', method, [[1]], {}) }
}

const dropped: Act = { unreachable: 'dropped', sent: true }
const unsent: Act = { unreachable: 'connect', sent: false }
const timeout: Act = { unreachable: 'timeout', sent: true }

test('Odoo is told the address of the client, also when a call is sent on another way', async () => {
  const { odoo, call } = upstreamOver([{ expired: true }, { result: 1 }], ['second'])
  await call('web_read')
  expect(odoo.addresses).toEqual(['192.0.2.7', '192.0.2.7'])
})

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
  const expired: Act = { expired: true }
  const ended = { name: 'OdooFault', isSessionEnded: true }

  test('ends the call where there is no other', async () => {
    const { call, odoo } = upstreamOver([expired])
    await expect(call('web_read')).rejects.toMatchObject(ended)
    expect(odoo.paths).toHaveLength(1)
  })

  test('is replaced by another; the call, not carried out, is sent again', async () => {
    const { odoo, call } = upstreamOver([expired, { result: 'done' }], ['newer'])
    expect(await call('write')).toBe('done')
    expect(odoo.usedIds).toEqual([sessionIdOf('first'), sessionIdOf('newer')])
  })

  test('is replaced twice at most', async () => {
    const { odoo, call } = upstreamOver([expired, expired, expired], ['second', 'third', 'fourth'])
    await expect(call('write')).rejects.toMatchObject(ended)
    expect(odoo.usedIds).toEqual(['first', 'second', 'third'].map(sessionIdOf))
  })
})
