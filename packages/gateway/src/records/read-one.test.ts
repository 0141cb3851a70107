import { OdooFault } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { createRecords } from './create-records.ts'
import { recordingOdoo } from './recording-odoo.fixture.ts'

const records = createRecords()
const PARTNER = { model: 'res.partner', verbs: ['read'] }
const accessError = new OdooFault({
  exceptionName: 'odoo.exceptions.AccessError',
  message: 'No.',
  arguments: ['No.'],
  context: {},
})

describe('one record', () => {
  test('is one call', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [[{ id: 7, name: 'a' }]])
    expect(await records.one(context, { model: 'res.partner', id: 7, fields: ['name'] })).toEqual({ id: 7, name: 'a' })
    expect(calls).toEqual([
      {
        model: 'res.partner',
        method: 'web_read',
        args: [[7]],
        kwargs: { specification: { display_name: {}, name: {} }, context: {} },
      },
    ])
  })

  test('before 17 it is read by the names of its fields', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [[{ id: 7, name: 'a' }]], { major: 16 })
    await records.one(context, { model: 'res.partner', id: 7, fields: ['name'] })
    expect(calls[0]).toMatchObject({ method: 'read', args: [[7]], kwargs: { fields: ['display_name', 'id', 'name'] } })
  })

  test('is always read with its name: of ids alone Odoo answers records that do not exist', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [[{ id: 7, display_name: 'a' }]])
    expect(await records.one(context, { model: 'res.partner', id: 7, fields: [] })).toEqual({ id: 7 })
    expect(calls[0]?.kwargs).toMatchObject({ specification: { display_name: {} } })
  })

  test('that is not there is 404, for Odoo leaves it out', async () => {
    const { context } = recordingOdoo([PARTNER], [[]])
    await expect(records.one(context, { model: 'res.partner', id: 7, fields: [] })).rejects.toMatchObject({
      code: 'record.missing',
      status: 404,
    })
  })

  test('that Odoo hides is 403', async () => {
    const { context } = recordingOdoo([PARTNER], [accessError])
    await expect(records.one(context, { model: 'res.partner', id: 7, fields: [] })).rejects.toMatchObject({
      status: 403,
    })
  })

  test('outside the forced domain is answered like one that is not there, and is not read', async () => {
    const own = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }
    const outside = recordingOdoo([own], [[]])
    const absent = recordingOdoo([PARTNER], [[]])
    const [first, second] = await Promise.all(
      [outside, absent].map(({ context }) =>
        records.one(context, { model: 'res.partner', id: 7, fields: [] }).catch((error: unknown) => error),
      ),
    )
    expect(first).toMatchObject({ code: 'record.missing', status: 404 })
    expect(String(first)).toBe(String(second))
    expect(outside.calls).toEqual([
      {
        model: 'res.partner',
        method: 'search',
        args: [['&', ['id', 'in', [7]], ['company_id', '=', 1]]],
        kwargs: { context: { active_test: false } },
      },
    ])
  })
})
