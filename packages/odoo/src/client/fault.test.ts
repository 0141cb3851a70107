import { describe, expect, test } from 'vitest'
import { OdooFault } from './index.ts'
import { count, openSession } from './testing/open-session.ts'
import { type Reply, recorded, resultReply } from './testing/recorded-odoo.ts'

async function faultOf(reply: Reply): Promise<OdooFault> {
  await using running = await openSession(() => reply)
  const error = await count(running.session).catch((reason: unknown) => reason)
  if (error instanceof OdooFault) return error
  throw new Error(`It ended as ${String(error)}.`)
}

function faultReply(error: unknown): Reply {
  return { ...resultReply(null), body: JSON.stringify({ jsonrpc: '2.0', id: 1, error }) }
}

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
