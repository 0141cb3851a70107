import { OdooFault, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { createRecords } from './create-records.ts'
import { recordingOdoo } from './recording-odoo.fixture.ts'

const records = createRecords()
const ALL = ['read', 'create', 'update', 'delete']
const PARTNER = { model: 'res.partner', verbs: ALL, defaultFields: ['name'] }
const OWN_PARTNER = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }
const EU_COUNTRY = { model: 'res.country', verbs: ['read'], forcedDomain: [['code', '=', 'BE']] }
const CATEGORY = { model: 'res.partner.category', verbs: ALL }

const SPECIFICATION = { display_name: {}, name: {} }

function fault(exceptionName: string, message: string): OdooFault {
  return new OdooFault({ exceptionName, message, arguments: [message], context: {} })
}

describe('create', () => {
  test('is one call and a read, with the fields written', async () => {
    const row = { id: 42, display_name: 'a', name: 'a', email: 'b' }
    const { context, calls } = recordingOdoo([PARTNER], [[42], [row]])
    const values = { name: 'a', email: 'b' }
    expect(await records.create(context, { model: 'res.partner', values, context: { lang: 'fr_BE' } })).toEqual({
      id: 42,
      record: row,
    })
    expect(calls).toEqual([
      { model: 'res.partner', method: 'create', args: [[values]], kwargs: { context: { lang: 'fr_BE' } } },
      {
        model: 'res.partner',
        method: 'web_read',
        args: [[42]],
        kwargs: { specification: { ...SPECIFICATION, email: {} }, context: { lang: 'fr_BE' } },
      },
    ])
  })

  test('of several is one call, answered in the order of the values', async () => {
    const rows = [
      { id: 43, display_name: 'b', name: 'b' },
      { id: 42, display_name: 'a', name: 'a' },
    ]
    const { context, calls } = recordingOdoo([PARTNER], [[42, 43], rows])
    const created = await records.createMany(context, { model: 'res.partner', values: [{ name: 'a' }, { name: 'b' }] })
    expect(created.map(({ id }) => id)).toEqual([42, 43])
    expect(calls[0]?.args).toEqual([[{ name: 'a' }, { name: 'b' }]])
  })

  test('sends the forced values along and reads back within the forced domain', async () => {
    const { context, calls } = recordingOdoo([OWN_PARTNER], [[42], [42], [{ id: 42, display_name: 'a', name: 'a' }]])
    await records.create(context, { model: 'res.partner', values: { name: 'a' } })
    expect(calls.map(({ method, args }) => [method, args])).toEqual([
      ['create', [[{ name: 'a', company_id: 1 }]]],
      ['search', [['&', ['id', 'in', [42]], ['company_id', '=', 1]]]],
      ['web_read', [[42]]],
    ])
  })

  test.each([
    ['Odoo hides the new record', fault('odoo.exceptions.AccessError', 'No.')],
    ['the connection breaks', new OdooUnreachable('dropped', { sent: true })],
    ['it is gone already', []],
  ])('is told as done when %s afterwards: a client must not try again', async (_, answer) => {
    const { context } = recordingOdoo([PARTNER], [[42], answer])
    expect(await records.create(context, { model: 'res.partner', values: { name: 'a' } })).toEqual({
      id: 42,
      record: { id: 42 },
    })
  })

  test('for who may not read is answered with the id, without a read', async () => {
    const { context, calls } = recordingOdoo([{ ...PARTNER, verbs: ['create'] }], [[42]])
    expect(await records.create(context, { model: 'res.partner', values: { name: 'a' } })).toEqual({
      id: 42,
      record: { id: 42 },
    })
    expect(calls).toHaveLength(1)
  })

  test('without a required value is 400 with the field, in whatever language Odoo says so', async () => {
    const french =
      "L'opération n'a pu être complétée.\n\nModèle : Étiquettes (res.partner.category)\nChamp : Nom (name)\n"
    const { context } = recordingOdoo([CATEGORY], [fault('odoo.exceptions.ValidationError', french)])
    await expect(
      records.create(context, { model: 'res.partner.category', values: { color: 1 } }),
    ).rejects.toMatchObject({
      status: 400,
      data: { field: 'name' },
    })
  })

  test('that Odoo answers with a number of ids that is not ours is no success', async () => {
    const { context } = recordingOdoo([PARTNER], [[42, 43]])
    await expect(records.create(context, { model: 'res.partner', values: {} })).rejects.toMatchObject({ status: 502 })
  })
})

describe('update', () => {
  test('is one call and a read', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [true, [{ id: 7, display_name: 'b', name: 'b' }]])
    const updated = await records.update(context, { model: 'res.partner', ids: [7], values: { name: 'b' } })
    expect(updated).toEqual([{ id: 7, display_name: 'b', name: 'b' }])
    expect(calls.map(({ method, args }) => [method, args])).toEqual([
      ['write', [[7], { name: 'b' }]],
      ['web_read', [[7]]],
    ])
  })

  test('of several is one transaction, answered in the order of the ids', async () => {
    const rows = [7, 8].map((id) => ({ id, display_name: 'b', name: 'b' }))
    const { context, calls } = recordingOdoo([PARTNER], [true, rows])
    const updated = await records.update(context, { model: 'res.partner', ids: [8, 7], values: { name: 'b' } })
    expect(updated.map(({ id }) => id)).toEqual([8, 7])
    expect(calls[0]?.args[0]).toEqual([8, 7])
  })

  test('of a record outside the forced domain is 404, and nothing is written', async () => {
    const { context, calls } = recordingOdoo([OWN_PARTNER], [[7]])
    const update = records.update(context, { model: 'res.partner', ids: [7, 8], values: { name: 'b' } })
    await expect(update).rejects.toMatchObject({ code: 'record.missing', status: 404 })
    expect(calls).toEqual([
      {
        model: 'res.partner',
        method: 'search',
        args: [['&', ['id', 'in', [7, 8]], ['company_id', '=', 1]]],
        kwargs: { context: { active_test: false } },
      },
    ])
  })

  test('that points to a record outside its forced domain is 404, and nothing is written', async () => {
    const { context, calls } = recordingOdoo([PARTNER, EU_COUNTRY], [[]])
    const update = records.update(context, { model: 'res.partner', ids: [7], values: { country_id: 233 } })
    await expect(update).rejects.toMatchObject({ code: 'record.missing', status: 404 })
    expect(calls.map(({ method }) => method)).toEqual(['search'])
  })

  test.each([
    ['a missing record', fault('odoo.exceptions.MissingError', 'Record does not exist or has been deleted.'), 404],
    ['rights', fault('odoo.exceptions.AccessError', 'No.'), 403],
    ['a rule of the business', fault('odoo.exceptions.UserError', 'No.'), 422],
    ['a value', fault('builtins.ValueError', 'secret'), 400],
    ['a lock', fault('odoo.exceptions.LockError', 'No.'), 409],
    ['other transactions', fault('psycopg2.errors.SerializationFailure', 'x'), 503],
  ])('that fails over %s', async (_, answer, status) => {
    const { context, calls } = recordingOdoo([PARTNER], [answer])
    const update = records.update(context, { model: 'res.partner', ids: [7], values: { name: 'b' } })
    await expect(update).rejects.toMatchObject({ name: 'GatehouseError', status })
    // A write is never sent twice.
    expect(calls).toHaveLength(1)
  })
})

describe('remove', () => {
  test('is one call', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [true])
    expect(await records.remove(context, { model: 'res.partner', ids: [7, 8] })).toEqual({ ids: [7, 8] })
    expect(calls).toEqual([{ model: 'res.partner', method: 'unlink', args: [[7, 8]], kwargs: { context: {} } }])
  })

  test('of a record outside the forced domain is 404, and nothing is deleted', async () => {
    const { context, calls } = recordingOdoo([OWN_PARTNER], [[]])
    await expect(records.remove(context, { model: 'res.partner', ids: [7] })).rejects.toMatchObject({ status: 404 })
    expect(calls.map(({ method }) => method)).toEqual(['search'])
  })
})

describe('a write that policy refuses', () => {
  test.each([
    ['a field', { vat: 'BE0' }],
    ['an x2many into a model that is not exposed', { category_id: [[4, 1, 0]] }],
    [
      'one command among many',
      {
        child_ids: [
          [1, 8, { name: 'x' }],
          [1, 9, { category_id: [[5]] }],
        ],
      },
    ],
  ])('for %s never reaches Odoo', async (_, values) => {
    const { context, calls } = recordingOdoo([{ ...PARTNER, readableFields: ['name', 'child_ids', 'category_id'] }], [])
    await expect(records.update(context, { model: 'res.partner', ids: [7], values })).rejects.toBeInstanceOf(Error)
    await expect(records.create(context, { model: 'res.partner', values })).rejects.toMatchObject({
      name: 'GatehouseError',
    })
    expect(calls).toEqual([])
  })
})
