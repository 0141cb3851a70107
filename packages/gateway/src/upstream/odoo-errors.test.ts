import { OdooFault, OdooUnreachable, type UnreachableReason } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { fromOdooError, type OdooErrorFacts } from './odoo-errors.ts'

function fault(exceptionName: string, message: string, list: readonly unknown[] = [message]): OdooFault {
  return new OdooFault({ exceptionName, message, arguments: list, context: {} })
}

function converted(error: unknown, facts?: OdooErrorFacts): GatehouseError {
  const result = fromOdooError(error, facts)
  if (!(result instanceof GatehouseError)) throw new Error('It was not converted.', { cause: result })
  return result
}

describe('what Odoo wrote for people is passed on (CONTRACT §0, Odoo errors)', () => {
  test.each<[string, string, number, string]>([
    ['odoo.exceptions.AccessDenied', 'Access Denied', 403, 'odoo.access_denied'],
    [
      'odoo.exceptions.AccessError',
      "You are not allowed to modify 'Country' (res.country) records.",
      403,
      'odoo.access_error',
    ],
    ['odoo.exceptions.MissingError', 'Record does not exist or has been deleted.', 404, 'odoo.missing'],
    ['odoo.exceptions.ValidationError', 'Contacts require a name', 422, 'odoo.rejected'],
    ['odoo.exceptions.UserError', "Base Language 'en_US' can not be deleted.", 422, 'odoo.rejected'],
    ['odoo.exceptions.LockError', 'Cannot lock the record.', 409, 'odoo.locked'],
    // A fork renames everything but the last part.
    ['betopiaerp.exceptions.UserError', 'No.', 422, 'odoo.rejected'],
  ])('%s', (exception, message, status, code) => {
    expect(converted(fault(exception, message))).toMatchObject({ status, code, message })
  })

  test('of a RedirectWarning only the sentence, not the action with ids of views (write/unlink_partner_of_user)', () => {
    const sentence = 'You cannot delete contacts linked to an active user.\n\nLinked active users : Marc Demo'
    const action = { type: 'ir.actions.act_window', res_model: 'res.users', views: [[163, 'form']], res_id: 6 }
    const message = `${sentence}\n${JSON.stringify(action)}\nGo to users\nNone`
    const error = converted(fault('odoo.exceptions.RedirectWarning', message, [sentence, action, 'Go to users', null]))
    expect(error).toMatchObject({ status: 422, message: sentence })
  })

  test('an endless message is cut', () => {
    expect(converted(fault('odoo.exceptions.UserError', 'x'.repeat(100_000))).message.length).toBe(2000)
  })

  test('an empty message is ours', () => {
    expect(converted(fault('odoo.exceptions.UserError', '')).message).toBe('Odoo refused the values.')
  })
})

describe('a required value that is missing is 400 with its field', () => {
  const UNTIL_18 =
    'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Partner Tags (res.partner.category)\nField: Tag Name (name)\n'
  const SINCE_19 =
    "The operation cannot be completed: Missing required value for the field 'Name' (name).\nModel: 'Partner Tags' (res.partner.category)\n- create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, you can archive it instead\n"
  const IN_FRENCH =
    "L'opération n'a pu être complétée :\n- Création/mise à jour : un champ obligatoire n'est pas défini.\n\nModèle : Étiquettes (res.partner.category)\nChamp : Nom (name)\n"

  test.each([
    ['17 and 18', UNTIL_18],
    ['19', SINCE_19],
  ])('in the words of %s (write/create_required_false)', (_, message) => {
    expect(converted(fault('odoo.exceptions.ValidationError', message))).toMatchObject({
      status: 400,
      code: 'odoo.value_missing',
      message: 'The field "name" is required.',
      data: { field: 'name', odooException: 'ValidationError' },
    })
  })

  test('in another language, where the field named is one that was left unset', () => {
    const error = fault('odoo.exceptions.ValidationError', IN_FRENCH)
    expect(converted(error, { unsetRequired: new Set(['name']) })).toMatchObject({
      status: 400,
      data: { field: 'name' },
    })
    expect(converted(error, { unsetRequired: new Set(['color']) })).toMatchObject({
      status: 422,
      message: IN_FRENCH.trim(),
    })
    expect(converted(error)).toMatchObject({ status: 422 })
  })

  test('a foreign key is none, although its words are alike (write/write_m2o_missing)', () => {
    const message =
      'The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Contact (res.partner)\nConstraint: res_partner_country_id_fkey\n'
    expect(
      converted(fault('odoo.exceptions.ValidationError', message), { unsetRequired: new Set(['name']) }).status,
    ).toBe(422)
  })
})

describe('what Python and PostgreSQL say stays inside', () => {
  const LEAKS = [
    ['builtins.ValueError', "Invalid field 'nope' on model 'res.partner'"],
    ['builtins.KeyError', 'nope'],
    ['builtins.TypeError', "object of type 'int' has no len()"],
    ['builtins.AttributeError', "'int' object has no attribute 'split'"],
    ['builtins.AssertionError', "Invalid field 'name.foo' in domain term"],
    [
      'psycopg2.errors.InvalidTextRepresentation',
      'invalid input syntax for type integer: "abc"\nLINE 1: ...rtner"."active"',
    ],
  ] as const

  test.each(LEAKS)('%s is 400 where the request carried the value', (exception, message) => {
    const error = converted(fault(exception, message), { blame: 'request' })
    expect(error).toMatchObject({ status: 400, code: 'odoo.refused_request' })
    expect(JSON.stringify([error.message, error.data, error.internal])).not.toContain(message.slice(0, 12))
  })

  test.each(LEAKS)('%s is 502 where everything was planned', (exception, message) => {
    const error = converted(fault(exception, message))
    expect(error).toMatchObject({ status: 502, code: 'odoo.failed' })
    expect(error.message).not.toContain(message)
  })

  test('an exception that nobody knows is 502, whoever is to blame', () => {
    expect(converted(fault('mymodule.Oops', 'secret'), { blame: 'request' })).toMatchObject({
      status: 502,
      message: 'Odoo failed to answer the request.',
    })
  })

  test.each(['SerializationFailure', 'LockNotAvailable', 'DeadlockDetected', 'OperationalError'])(
    '%s is 503 with the time to wait: Odoo has tried five times',
    (name) => {
      expect(converted(fault(`psycopg2.errors.${name}`, 'connection to server at "10.0.0.1"'))).toMatchObject({
        status: 503,
        code: 'odoo.busy',
        message: expect.not.stringContaining('10.0.0.1'),
        data: { retryAfterSeconds: 5 },
      })
    },
  )
})

describe('sessions and connections', () => {
  test.each(['odoo.http.SessionExpiredException', 'odoo.addons.auth_timeout.CheckIdentityException'])(
    '%s is 401',
    (name) => {
      expect(converted(fault(name, 'Session expired'))).toMatchObject({ status: 401, code: 'session.expired' })
    },
  )

  test.each<[UnreachableReason, number]>([
    ['connect', 502],
    ['dropped', 502],
    ['bad_answer', 502],
    ['too_large', 502],
    ['timeout', 504],
  ])('%s is %i', (reason, status) => {
    expect(converted(new OdooUnreachable(reason, { sent: true })).status).toBe(status)
  })

  test('everything else is handed back as it is', () => {
    const mistake = new TypeError('x is undefined')
    expect(fromOdooError(mistake)).toBe(mistake)
    const ours = converted(fault('odoo.exceptions.UserError', 'No.'))
    expect(fromOdooError(ours)).toBe(ours)
  })
})
