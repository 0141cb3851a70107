import { describe, expect, test } from 'vitest'
import { createOdooTransport, OdooSession } from './index.ts'
import { count, openSession } from './testing/open-session.ts'
import { type Reply, recorded, SESSION_A, SESSION_B, startOdoo, withSession } from './testing/recorded-odoo.ts'

describe('the session id', () => {
  test('that Odoo changed is stored before it is used and before the answer is returned', async () => {
    const order: string[] = []
    await using running = await openSession(
      ({ headers }) => {
        order.push(`call with ${headers.cookie === `session_id=${SESSION_A}` ? 'A' : 'B'}`)
        return withSession(recorded('count_18'), SESSION_B)
      },
      async () => {
        await new Promise((resolve) => setImmediate(resolve))
        order.push(`store; still ${running.session.sessionId === SESSION_A ? 'A' : 'B'}`)
      },
    )
    await count(running.session)
    order.push('answer')
    expect(running.session.sessionId).toBe(SESSION_B)
    await count(running.session)
    expect(order).toEqual(['call with A', 'store; still A', 'answer', 'call with B'])
    expect(running.stored).toEqual([SESSION_B])
  })

  test('that Odoo repeats is not stored anew', async () => {
    await using running = await openSession(() => recorded('session_info_18', SESSION_A))
    await count(running.session)
    expect(running.stored).toEqual([])
  })

  test('that several answers bring at once is stored once', async () => {
    await using running = await openSession(() => withSession(recorded('count_18'), SESSION_B))
    await Promise.all([count(running.session), count(running.session), count(running.session)])
    expect(running.stored).toEqual([SESSION_B])
  })

  test('does not go back when a slow answer repeats the old one', async () => {
    const slow = Promise.withResolvers<Reply>()
    const slowArrived = Promise.withResolvers<void>()
    await using running = await openSession(({ path }) => {
      if (!path.endsWith('/slow')) return withSession(recorded('count_18'), SESSION_B)
      slowArrived.resolve()
      return slow.promise
    })
    const late = running.session.callKw('res.partner', 'slow', [], {})
    await slowArrived.promise
    await count(running.session)
    slow.resolve(withSession(recorded('count_18'), SESSION_A))
    await late
    expect(running.session.sessionId).toBe(SESSION_B)
    expect(running.stored).toEqual([SESSION_B])
  })

  test('changes also with an answer that is a fault', async () => {
    await using running = await openSession(() => withSession(recorded('user_error_18'), SESSION_B))
    await expect(count(running.session)).rejects.toMatchObject({ exception: 'UserError' })
    expect(running.stored).toEqual([SESSION_B])
  })

  test('that cannot be stored fails the call and is not used; the next answer tries again', async () => {
    const failures = [new Error('The store is full.')]
    await using running = await openSession(
      () => withSession(recorded('count_18'), SESSION_B),
      () => {
        const failure = failures.pop()
        return failure === undefined ? Promise.resolve() : Promise.reject(failure)
      },
    )
    await expect(count(running.session)).rejects.toThrow('The store is full.')
    expect(running.session.sessionId).toBe(SESSION_A)
    expect(await count(running.session)).toBe(8)
    expect(running.session.sessionId).toBe(SESSION_B)
  })

  test('of nobody, which comes with an expired session, is left alone', async () => {
    await using running = await openSession(() => withSession(recorded('expired_18'), SESSION_B))
    await expect(count(running.session)).rejects.toMatchObject({ isSessionEnded: true })
    expect(running.stored).toEqual([])
    expect(running.session.sessionId).toBe(SESSION_A)
  })

  test.each(['a\r\nx-evil: 1', 'a; admin=1', 'a b', '', 'é', 'a'.repeat(257)])('%j is refused', async (sessionId) => {
    await using odoo = await startOdoo(() => recorded('count_18'))
    const transport = createOdooTransport({ url: odoo.url })
    expect(() => new OdooSession(transport, { sessionId, onSessionId: () => Promise.resolve() })).toThrow(TypeError)
    await transport.close()
  })
})
