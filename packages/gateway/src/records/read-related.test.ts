import { parseDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import { createRecords } from './create-records.ts'
import { recordingOdoo } from './recording-odoo.fixture.ts'

const records = createRecords()
const PARTNER = { model: 'res.partner', verbs: ['read'] }
const COUNTRY = { model: 'res.country', verbs: ['read'] }
const EU_COUNTRY = { ...COUNTRY, forcedDomain: [['code', '=', 'BE']] }
const BANK = { model: 'res.partner.bank', verbs: ['read'] }
const TASK = { model: 'project.task', verbs: ['read'] }

describe('forced domains of related models', () => {
  test('names outside are blanked on every level, by one search for each model', async () => {
    const { context, calls } = recordingOdoo(
      [PARTNER, EU_COUNTRY],
      [
        {
          length: 2,
          records: [
            {
              id: 1,
              country_id: { id: 20, display_name: 'Belgium' },
              child_ids: [{ id: 5, country_id: { id: 233, display_name: 'United States' } }],
            },
            { id: 2, country_id: { id: 233, display_name: 'United States' }, child_ids: [] },
            { id: 3, country_id: false, child_ids: [] },
          ],
        },
        [20],
      ],
    )
    const page = await records.list(context, {
      model: 'res.partner',
      fields: ['country_id'],
      expand: { child_ids: { fields: ['country_id'] } },
    })
    expect(page.records).toEqual([
      { id: 1, country_id: [20, 'Belgium'], child_ids: [{ id: 5, country_id: [233, ''] }] },
      { id: 2, country_id: [233, ''], child_ids: [] },
      { id: 3, country_id: false, child_ids: [] },
    ])
    expect(calls[1]).toEqual({
      model: 'res.country',
      method: 'search',
      args: [['&', ['id', 'in', [20, 233]], ['code', '=', 'BE']]],
      kwargs: { context: { active_test: false } },
    })
  })

  test('a page without such names costs no search', async () => {
    const { context, calls } = recordingOdoo(
      [PARTNER, EU_COUNTRY],
      [{ length: 1, records: [{ id: 1, country_id: false }] }],
    )
    await records.list(context, { model: 'res.partner', fields: ['country_id'] })
    expect(calls).toHaveLength(1)
  })

  test('expanded records outside are left out of lists, and a many2one to them is its id alone', async () => {
    const own = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }
    const { context, calls } = recordingOdoo([own], {
      'res.partner.web_search_read': {
        length: 1,
        // The batches for both relations get the same answer here: the children 5 and 6 and nobody's parent.
        records: [
          { id: 6, name: 'six', parent_id: 9, child_ids: [5, 7, 6] },
          { id: 5, name: 'five', parent_id: false, child_ids: [] },
        ],
      },
    })
    const page = await records.list(context, {
      model: 'res.partner',
      fields: [],
      expand: { parent_id: { fields: ['name'] }, child_ids: { fields: ['name'], order: 'name desc', limit: 5 } },
    })
    expect(page.records[0]).toEqual({
      id: 6,
      parent_id: { id: 9 },
      child_ids: [
        { id: 6, name: 'six' },
        { id: 5, name: 'five' },
      ],
    })
    const batches = calls.slice(1).map(({ kwargs }) => [kwargs.domain, kwargs.order, kwargs.limit])
    expect(batches).toContainEqual([
      ['&', '&', ['id', 'in', [5, 7, 6]], ['company_id', '=', 1], ['active', 'in', [true, false]]],
      'name desc, id',
      undefined,
    ])
    expect(batches).toContainEqual([
      ['&', '&', ['id', 'in', [9]], ['company_id', '=', 1], ['active', 'in', [true, false]]],
      'id',
      undefined,
    ])
  })

  test('lines beyond the limit of their exposure come as ids, in a batch as well', async () => {
    const bank = { ...BANK, limitMax: 1, forcedDomain: [['sequence', '=', 1]] }
    const lines = [3, 4].map((id) => ({ id, acc_number: '1' }))
    const { context } = recordingOdoo([PARTNER, bank], {
      'res.partner.web_search_read': { length: 1, records: [{ id: 1, bank_ids: [3, 4, 5] }] },
      'res.partner.bank.web_search_read': { length: 2, records: lines },
    })
    const expand = { bank_ids: { fields: ['acc_number'] } }
    const page = await records.list(context, { model: 'res.partner', fields: [], expand })
    expect(page.records).toEqual([{ id: 1, bank_ids: [{ id: 3, acc_number: '1' }, { id: 4 }] }])
  })

  test('names inside properties are blanked', async () => {
    const relation = { name: 'a', type: 'many2one', comodel: 'res.country', value: [20, 'Belgium'] }
    const relations = {
      name: 'b',
      type: 'many2many',
      comodel: 'res.country',
      value: [
        [20, 'Belgium'],
        [75, 'France'],
      ],
    }
    const open = { name: 'c', type: 'many2one', comodel: 'res.users', value: [6, 'Marc Demo'] }
    const plain = { name: 'd', type: 'char', value: 'x' }
    const row = { id: 1, task_properties: [relation, relations, open, plain] }
    const { context } = recordingOdoo([TASK, EU_COUNTRY], [{ length: 1, records: [row] }])
    const page = await records.list(context, { model: 'project.task', fields: ['task_properties'] })
    expect(page.records[0]?.task_properties).toEqual([
      { ...relation, value: [20, ''] },
      {
        ...relations,
        value: [
          [20, ''],
          [75, ''],
        ],
      },
      open,
      plain,
    ])
  })
})

describe('a search by name within a forced domain', () => {
  test('is a `name_search` with positional arguments, whose names differ between versions', async () => {
    const { context, calls } = recordingOdoo([PARTNER, EU_COUNTRY], [[[20, 'Belgium']], { length: 0, records: [] }])
    await records.list(context, {
      model: 'res.partner',
      fields: [],
      domain: parseDomain([['country_id', 'ilike', 'bel']]),
    })
    expect(calls[0]).toEqual({
      model: 'res.country',
      method: 'name_search',
      args: ['bel', [['code', '=', 'BE']], 'ilike', 1001],
      kwargs: { context: {} },
    })
    expect(calls[1]?.kwargs.domain).toEqual([['country_id', 'in', [20]]])
  })

  test('that finds more than a thousand is refused', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => [index + 1, 'x'])
    const { context, calls } = recordingOdoo([PARTNER, EU_COUNTRY], [many])
    const request = { model: 'res.partner', domain: parseDomain([['country_id', 'ilike', 'a']]) }
    await expect(records.list(context, request)).rejects.toMatchObject({ code: 'domain.too_wide', status: 400 })
    expect(calls).toHaveLength(1)
  })

  test('may not cost more than twenty searches', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `name ${index}`)
    const { context, calls } = recordingOdoo([PARTNER, EU_COUNTRY], { 'res.country.name_search': [] })
    const request = { model: 'res.partner', domain: parseDomain([['country_id', 'in', names]]) }
    await expect(records.list(context, request)).rejects.toMatchObject({ code: 'domain.too_wide', status: 400 })
    expect(calls).toHaveLength(20)
  })
})
