import { describe, expect, test } from 'vitest'
import { createOdooTransport, OdooFault, OdooSession } from './index.ts'
import {
  type Answering,
  type RecordedOdoo,
  type Reply,
  recorded,
  resultReply,
  SESSION_A,
  SESSION_B,
  startOdoo,
  withSession,
} from './testing/recorded-odoo.ts'

type Running = AsyncDisposable & {
  readonly session: OdooSession
  /** The ids that were stored. */
  readonly stored: string[]
  readonly odoo: RecordedOdoo
}

/** A session on a server that answers so. */
async function open(answering: Answering, onSessionId?: (id: string) => Promise<void>): Promise<Running> {
  const odoo = await startOdoo(answering)
  const transport = createOdooTransport({ url: odoo.url })
  const stored: string[] = []
  const store = async (id: string): Promise<void> => {
    await onSessionId?.(id)
    stored.push(id)
  }
  return {
    session: new OdooSession(transport, { sessionId: SESSION_A, onSessionId: store }),
    stored,
    odoo,
    [Symbol.asyncDispose]: async () => {
      await transport.close()
      await odoo[Symbol.asyncDispose]()
    },
  }
}

function count(session: OdooSession): Promise<unknown> {
  return session.callKw('res.partner', 'search_count', [[]], {})
}

async function faultOf(reply: Reply): Promise<OdooFault> {
  await using running = await open(() => reply)
  const error = await count(running.session).catch((reason: unknown) => reason)
  if (error instanceof OdooFault) return error
  throw new Error(`It ended as ${String(error)}.`)
}

function faultReply(error: unknown): Reply {
  return { ...resultReply(null), body: JSON.stringify({ jsonrpc: '2.0', id: 1, error }) }
}

describe('a call', () => {
  test('goes out as the web client sends it, and answers the result', async () => {
    await using running = await open(() => recorded('count_18'))
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
    await using running = await open(() => recorded('none_18'))
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
    await using running = await open(() => recorded('count_18'))
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
    await using dropped = await open((_, response) => {
      response.destroy()
      return undefined
    })
    await expect(count(dropped.session)).rejects.toMatchObject({ reason: 'dropped', sent: true })
    expect(dropped.odoo.seen).toHaveLength(1)
    await using page = await open(() => withSession(recorded('page_404_18'), SESSION_B))
    await expect(count(page.session)).rejects.toMatchObject({ reason: 'bad_answer', status: 404 })
    expect(page.odoo.seen).toHaveLength(1)
    expect(page.stored).toEqual([])
  })
})

describe('the session id', () => {
  test('that Odoo changed is stored before it is used and before the answer is returned', async () => {
    const order: string[] = []
    await using running = await open(
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
    await using running = await open(() => recorded('session_info_18', SESSION_A))
    await count(running.session)
    expect(running.stored).toEqual([])
  })

  test('that several answers bring at once is stored once', async () => {
    await using running = await open(() => withSession(recorded('count_18'), SESSION_B))
    await Promise.all([count(running.session), count(running.session), count(running.session)])
    expect(running.stored).toEqual([SESSION_B])
  })

  test('does not go back when a slow answer repeats the old one', async () => {
    const slow = Promise.withResolvers<Reply>()
    const slowArrived = Promise.withResolvers<void>()
    await using running = await open(({ path }) => {
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
    await using running = await open(() => withSession(recorded('user_error_18'), SESSION_B))
    await expect(count(running.session)).rejects.toMatchObject({ exception: 'UserError' })
    expect(running.stored).toEqual([SESSION_B])
  })

  test('that cannot be stored fails the call and is not used; the next answer tries again', async () => {
    const failures = [new Error('The store is full.')]
    await using running = await open(
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
    await using running = await open(() => withSession(recorded('expired_18'), SESSION_B))
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

describe('a fault', () => {
  test.each([
    ['user_error_18', 'UserError', 'odoo.exceptions.UserError', 'Recursion Detected.'],
    ['missing_error_18', 'MissingError', 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.'],
    ['access_error_18', 'AccessError', 'odoo.exceptions.AccessError', 'You are not allowed to access'],
  ])(
    '%s is known by the last part of its name and has the sentence for people',
    async (name, exception, exceptionName, sentence) => {
      const fault = await faultOf(recorded(name))
      expect(fault).toMatchObject({ exception, exceptionName, isForPeople: true, isSessionEnded: false })
      expect(fault.message).toContain(sentence)
      expect(fault.arguments).toHaveLength(1)
    },
  )

  test('RedirectWarning has the sentence alone, and its action among the arguments', async () => {
    const fault = await faultOf(recorded('redirect_warning_18'))
    expect(fault.message).toMatch(/^You cannot delete contacts .* Marc Demo$/s)
    expect(fault.arguments[1]).toMatchObject({ type: 'ir.actions.act_window' })
  })

  test.each(['value_error_19', 'database_error_18'])('%s has a message that is not for people', async (name) => {
    expect(await faultOf(recorded(name))).toMatchObject({ isForPeople: false })
  })

  test('keeps no traceback', async () => {
    const fault = await faultOf(recorded('user_error_18'))
    expect(JSON.stringify({ ...fault, message: fault.message })).not.toContain('<traceback>')
    expect(fault).not.toHaveProperty('debug')
  })

  test.each([17, 18, 19])('an expired session of Odoo %i is one', async (version) => {
    expect(await faultOf(recorded(`expired_${version}`))).toMatchObject({
      exception: 'SessionExpiredException',
      isSessionEnded: true,
    })
  })

  test.each<[name: string, error: unknown, expected: object]>([
    [
      'an expired session of a fork',
      { code: 100, message: 'BetopiaERP Session Expired', data: { name: 'betopiaerp.http.SessionExpiredException' } },
      {
        exception: 'SessionExpiredException',
        exceptionName: 'betopiaerp.http.SessionExpiredException',
        isSessionEnded: true,
      },
    ],
    [
      'an expired session that has only its number',
      { code: 100, message: 'Session Expired' },
      { exception: 'SessionExpiredException', isSessionEnded: true, message: 'Session Expired' },
    ],
    [
      'an expired session without its number',
      { code: 0, data: { name: 'odoo.http.SessionExpiredException', message: 'Session expired' } },
      { isSessionEnded: true },
    ],
    [
      'a check of identity, which keeps its name',
      { code: 100, data: { name: 'odoo.addons.auth_timeout.models.ir_http.CheckIdentityException', message: 'x' } },
      { exception: 'CheckIdentityException', isSessionEnded: true },
    ],
    [
      'a fault of an unknown form',
      'broken',
      { exception: 'UnknownError', message: '', arguments: [], context: {}, isForPeople: false },
    ],
    [
      'a context, such as the company to switch to',
      {
        code: 200,
        data: { name: 'odoo.exceptions.AccessError', message: 'x', context: { suggested_company: { id: 2 } } },
      },
      { context: { suggested_company: { id: 2 } } },
    ],
  ])('%s', async (_, error, expected) => {
    expect(await faultOf(faultReply(error))).toMatchObject(expected)
  })
})

describe('destroy', () => {
  test('signs the session out, and takes no new id from it', async () => {
    await using running = await open(() => withSession(recorded('none_18'), SESSION_B))
    await running.session.destroy()
    expect(running.odoo.seen).toMatchObject([
      { method: 'POST', path: '/web/session/destroy', headers: { cookie: `session_id=${SESSION_A}` } },
    ])
    expect(running.stored).toEqual([])
  })

  test('of a session that is over is no error, other faults are', async () => {
    await using over = await open(() => recorded('expired_18'))
    await expect(over.session.destroy()).resolves.toBeUndefined()
    await using refused = await open(() => recorded('user_error_18'))
    await expect(refused.session.destroy()).rejects.toMatchObject({ exception: 'UserError' })
  })
})
