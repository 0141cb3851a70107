import { describe, expect, test } from 'vitest'
import { createOdooTransport, OdooSession } from './index.ts'
import { count, openSession } from './testing/open-session.ts'
import { recorded, SESSION_A, SESSION_B, startOdoo, withSession } from './testing/recorded-odoo.ts'

describe('a call', () => {
  test('goes out as the web client sends it, and answers the result', async () => {
    await using running = await openSession(() => recorded('count_18'))
    const { session, odoo, stored } = running
    expect(
      await session.callKw(
        'res.partner',
        'search_count',
        [[['id', '>', 0]]],
        { limit: 9 },
        { context: { lang: 'en_US' } },
      ),
    ).toBe(8)
    expect(odoo.seen).toMatchObject([
      {
        method: 'POST',
        path: '/web/dataset/call_kw/res.partner/search_count',
        headers: { cookie: `session_id=${SESSION_A}` },
      },
    ])
    expect(JSON.parse(odoo.seen[0]?.body ?? '')).toStrictEqual({
      jsonrpc: '2.0',
      method: 'call',
      id: 1,
      params: {
        model: 'res.partner',
        method: 'search_count',
        args: [[['id', '>', 0]]],
        kwargs: { limit: 9, context: { lang: 'en_US' } },
      },
    })
    expect(stored).toEqual([])
  })

  test('answers null where Odoo sends neither result nor error', async () => {
    await using running = await openSession(() => recorded('none_18'))
    expect(await count(running.session)).toBeNull()
  })

  test.each<[model: string, method: string]>([
    ['res.partner/../../session', 'destroy'],
    ['res.partner?x=', 'read'],
    ['res.partner', 'read/x'],
    ['res.partner', 'a b'],
    ['', 'read'],
    ['res.partner', 'read\r\nx: 1'],
  ])('of %j %j is refused before anything is sent', async (model, method) => {
    await using running = await openSession(() => recorded('count_18'))
    await expect(running.session.callKw(model, method, [], {})).rejects.toThrow(TypeError)
    expect(running.odoo.seen).toHaveLength(0)
  })

  test('sends the address of the client that it serves', async () => {
    await using odoo = await startOdoo(() => recorded('count_18'))
    const transport = createOdooTransport({ url: odoo.url })
    const session = new OdooSession(transport, {
      sessionId: SESSION_A,
      onSessionId: () => Promise.resolve(),
      forwardedFor: '192.0.2.1',
    })
    await count(session)
    await session.destroy()
    expect(odoo.seen.map(({ headers }) => headers['x-forwarded-for'])).toEqual(['192.0.2.1', '192.0.2.1'])
    await transport.close()
  })

  test('that is dropped or answered by a page is not repeated', async () => {
    await using dropped = await openSession((_, response) => {
      response.destroy()
      return undefined
    })
    await expect(count(dropped.session)).rejects.toMatchObject({ reason: 'dropped', sent: true })
    expect(dropped.odoo.seen).toHaveLength(1)
    await using page = await openSession(() => withSession(recorded('page_404_18'), SESSION_B))
    await expect(count(page.session)).rejects.toMatchObject({ reason: 'bad_answer', status: 404 })
    expect(page.odoo.seen).toHaveLength(1)
    expect(page.stored).toEqual([])
  })
})

describe('destroy', () => {
  test('signs the session out, and takes no new id from it', async () => {
    await using running = await openSession(() => withSession(recorded('none_18'), SESSION_B))
    await running.session.destroy()
    expect(running.odoo.seen).toMatchObject([
      { method: 'POST', path: '/web/session/destroy', headers: { cookie: `session_id=${SESSION_A}` } },
    ])
    expect(running.stored).toEqual([])
  })

  test('of a session that is over is no error, other faults are', async () => {
    await using over = await openSession(() => recorded('expired_18'))
    await expect(over.session.destroy()).resolves.toBeUndefined()
    await using refused = await openSession(() => recorded('user_error_18'))
    await expect(refused.session.destroy()).rejects.toMatchObject({ exception: 'UserError' })
  })
})
