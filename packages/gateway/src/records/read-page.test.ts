import { OdooFault, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { parseDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import { createRecords } from './create-records.ts'
import { recordingOdoo } from './recording-odoo.fixture.ts'

const records = createRecords()
const PARTNER = { model: 'res.partner', verbs: ['read'] }
const COUNTRY = { model: 'res.country', verbs: ['read'] }
const EU_COUNTRY = { ...COUNTRY, forcedDomain: [['code', '=', 'BE']] }
const BANK = { model: 'res.partner.bank', verbs: ['read'] }
const valueError = new OdooFault({
  exceptionName: 'builtins.ValueError',
  message: 'secret',
  arguments: ['secret'],
  context: {},
})

describe('a page on Odoo 17 and on', () => {
  test('with total and nested relations is one call', async () => {
    const { context, calls } = recordingOdoo(
      [PARTNER, COUNTRY, BANK],
      [
        {
          length: 41,
          records: [
            {
              id: 15,
              name: 'Azure Interior',
              email: false,
              user_id: { id: 6, display_name: 'Marc Demo' },
              parent_id: false,
              country_id: { id: 233, code: 'US', currency_id: { id: 1, display_name: 'USD' } },
              bank_ids: [{ id: 3, acc_number: '1' }, { id: 4 }],
              child_ids: [27, 28],
            },
          ],
        },
      ],
    )
    const page = await records.list(context, {
      model: 'res.partner',
      fields: ['name', 'email', 'user_id', 'parent_id', 'child_ids'],
      expand: { country_id: { fields: ['code', 'currency_id'] }, bank_ids: { fields: ['acc_number'], limit: 1 } },
      domain: parseDomain(['|', ['name', '=', 'a'], ['name', '=', 'b']]),
      order: 'name desc',
      limit: 1,
      page: 3,
      context: { lang: 'en_US' },
    })
    expect(calls).toEqual([
      {
        model: 'res.partner',
        method: 'web_search_read',
        args: [],
        kwargs: {
          domain: ['|', ['name', '=', 'a'], ['name', '=', 'b']],
          specification: {
            name: {},
            email: {},
            user_id: { fields: { display_name: {} } },
            parent_id: { fields: { display_name: {} } },
            child_ids: {},
            country_id: { fields: { code: {}, currency_id: { fields: { display_name: {} } } } },
            bank_ids: { fields: { acc_number: {} }, limit: 1 },
          },
          order: 'name desc, id',
          limit: 1,
          offset: 2,
          context: { lang: 'en_US' },
        },
      },
    ])
    expect(page).toEqual({
      records: [
        {
          id: 15,
          name: 'Azure Interior',
          email: false,
          user_id: [6, 'Marc Demo'],
          parent_id: false,
          child_ids: [27, 28],
          country_id: { id: 233, code: 'US', currency_id: [1, 'USD'] },
          bank_ids: [{ id: 3, acc_number: '1' }],
        },
      ],
      total: 41,
      limit: 1,
      offset: 2,
    })
  })

  test('behind the last page counts: Odoo says there that nothing matches at all', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [{ length: 0, records: [] }, 41])
    expect(await records.list(context, { model: 'res.partner', fields: [], limit: 10, page: 9 })).toMatchObject({
      total: 41,
    })
    expect(calls.map(({ method }) => method)).toEqual(['web_search_read', 'search_count'])
  })

  test('tells the cap', async () => {
    const { context, calls } = recordingOdoo([PARTNER], [{ length: 0, records: [] }])
    const page = await records.list(context, { model: 'res.partner', limit: 9999 })
    expect(page).toEqual({ records: [], total: 0, limit: 500, offset: 0, limitCapped: 500 })
    expect(calls[0]?.kwargs).toMatchObject({ limit: 500 })
  })

  test('members of the answer that nobody asked for are dropped', async () => {
    const { context } = recordingOdoo([PARTNER], [{ length: 1, records: [{ id: 1, name: 'a', vat: 'BE0' }] }])
    expect((await records.list(context, { model: 'res.partner', fields: ['name'] })).records).toEqual([
      { id: 1, name: 'a' },
    ])
  })

  test('lines beyond the bound of every list come as ids, so that none is lost in silence', async () => {
    const row = { id: 1, bank_ids: [{ id: 3, acc_number: '1' }, { id: 4 }] }
    const { context } = recordingOdoo([PARTNER, BANK], [{ length: 1, records: [row] }])
    const expand = { bank_ids: { fields: ['acc_number'] } }
    expect((await records.list(context, { model: 'res.partner', fields: [], expand })).records).toEqual([row])
  })
})

describe('a page on Odoo before 17', () => {
  const request = {
    model: 'res.partner',
    fields: ['name', 'user_id', 'child_ids'],
    expand: { country_id: { fields: ['code'] } },
    limit: 2,
  }

  test('is a search, a count, and one call for each relation, never one for each record', async () => {
    const { context, calls } = recordingOdoo(
      [PARTNER, COUNTRY],
      [
        [
          { id: 1, name: 'a', user_id: [6, 'Marc Demo'], child_ids: [3], country_id: [20, 'Belgium'] },
          { id: 2, name: 'b', user_id: false, child_ids: [], country_id: [233, 'United States'] },
        ],
        41,
        [
          { id: 20, code: 'BE' },
          { id: 233, code: 'US' },
        ],
      ],
      { major: 16 },
    )
    const page = await records.list(context, request)
    expect(page).toEqual({
      records: [
        { id: 1, name: 'a', user_id: [6, 'Marc Demo'], child_ids: [3], country_id: { id: 20, code: 'BE' } },
        { id: 2, name: 'b', user_id: false, child_ids: [], country_id: { id: 233, code: 'US' } },
      ],
      total: 41,
      limit: 2,
      offset: 0,
    })
    expect(calls.map(({ model, method }) => `${model}.${method}`)).toEqual([
      'res.partner.search_read',
      'res.partner.search_count',
      'res.country.search_read',
    ])
    expect(calls[0]?.kwargs).toMatchObject({
      fields: ['id', 'name', 'user_id', 'child_ids', 'country_id'],
      order: 'id',
      limit: 2,
    })
    expect(calls[2]?.kwargs).toMatchObject({ domain: [['id', 'in', [20, 233]]], fields: ['id', 'code'] })
  })

  test.each([
    ['a page that is not full tells the total', 0, [{ id: 1 }], 1],
    ['an empty first page tells the total', 0, [], 0],
    ['a last page that is not full tells the total', 40, [{ id: 1 }], 41],
  ])('%s without a count', async (_, offset, rows, total) => {
    const { context, calls } = recordingOdoo([PARTNER], [rows], { major: 16 })
    expect(await records.list(context, { model: 'res.partner', fields: [], limit: 2, offset })).toMatchObject({ total })
    expect(calls).toHaveLength(1)
  })

  test('an empty page beyond the end asks for the count', async () => {
    const { context } = recordingOdoo([PARTNER], [[], 41], { major: 16 })
    expect(await records.list(context, { model: 'res.partner', fields: [], limit: 2, offset: 80 })).toMatchObject({
      total: 41,
    })
  })

  test('records that Odoo hides are left out of relations, and a many2one to them is its id alone', async () => {
    const { context } = recordingOdoo(
      [PARTNER, COUNTRY, BANK],
      {
        'res.partner.search_read': [{ id: 1, country_id: [20, 'Belgium'], bank_ids: [3] }],
        'res.country.search_read': [],
        'res.partner.bank.search_read': [],
      },
      { major: 16 },
    )
    const expand = { country_id: { fields: ['code'] }, bank_ids: { fields: ['acc_number'] } }
    const page = await records.list(context, { model: 'res.partner', fields: [], expand })
    expect(page.records).toEqual([{ id: 1, country_id: { id: 20 }, bank_ids: [] }])
  })

  test('a condition on related records is searched beforehand, within their forced domain', async () => {
    const { context, calls } = recordingOdoo([PARTNER, EU_COUNTRY], [[20], []], { major: 16 })
    const domain = parseDomain(['!', ['country_id.name', '=', 'x']])
    await records.list(context, { model: 'res.partner', fields: [], domain })
    expect(calls[0]).toEqual({
      model: 'res.country',
      method: 'search',
      args: [['&', ['code', '=', 'BE'], ['name', '=', 'x']]],
      kwargs: { limit: 1001, context: {} },
    })
    expect(calls[1]?.kwargs.domain).toEqual(['!', ['country_id', 'in', [20]]])
  })
})

describe('when Odoo refuses or fails', () => {
  const list = { model: 'res.partner', fields: ['name'] }

  test.each([
    ['a value of the caller', { ...list, domain: parseDomain([['color', '=', 'abc']]) }, 400, 'odoo.refused_request'],
    ['nothing of the caller', list, 502, 'odoo.failed'],
  ])('over %s', async (_, request, status, code) => {
    const { context } = recordingOdoo([PARTNER], [valueError])
    await expect(records.list(context, request)).rejects.toMatchObject({ status, code })
  })

  test.each([
    ['no connection', new OdooUnreachable('connect', { sent: false }), 502],
    ['no answer in time', new OdooUnreachable('timeout', { sent: true }), 504],
    ['records without ids', { length: 1, records: [{ name: 'a' }] }, 502],
    ['no length', { records: [] }, 502],
    ['no records', { length: 0 }, 502],
    ['null', null, 502],
  ])('with %s', async (_, answer, status) => {
    const { context } = recordingOdoo([PARTNER], [answer])
    await expect(records.list(context, list)).rejects.toMatchObject({ name: 'GatehouseError', status })
  })

  test('a model that is not exposed never reaches Odoo', async () => {
    const { context, calls, schemasAsked } = recordingOdoo([PARTNER], [])
    await expect(records.list(context, { model: 'res.currency' })).rejects.toMatchObject({ status: 403 })
    await expect(records.list(context, { ...list, expand: { country_id: { fields: [] } } })).rejects.toMatchObject({
      status: 403,
    })
    expect(calls).toEqual([])
    expect(schemasAsked).toEqual(['res.partner'])
  })
})
