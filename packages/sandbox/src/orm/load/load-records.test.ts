import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../testing/client.ts'
import { useSandbox } from '../../testing/workbench.ts'

type Loaded = { ids: number[] | false; messages: Record<string, unknown>[]; nextrow: number }

describe.each([17, 18, 19] as const)('load of Odoo %s', (odooVersion) => {
  const { admin } = useSandbox({ odooVersion })
  const load = async (fields: unknown, data: unknown, model = 'res.partner.category') =>
    (await admin.call(model, 'load', [fields, data])) as Loaded
  const count = (model = 'res.partner.category') => admin.call(model, 'search_count', [[]])

  test('makes records and gives them external ids, by which they are found again', async () => {
    const first = await load(
      ['id', 'name', 'color'],
      [
        ['t1', 'One', '2'],
        ['__golden__.t2', 'Two', ''],
      ],
    )
    expect(first).toEqual({ ids: [expect.any(Number), expect.any(Number)], messages: [], nextrow: 0 })
    expect(await load(['id', 'name'], [['__import__.t1', 'Uno']])).toEqual({
      ...first,
      ids: [first.ids ? first.ids[0] : 0],
    })
    const ids = first.ids || []
    expect(await admin.call('res.partner.category', 'read', [ids, ['name', 'color']])).toEqual([
      { id: ids[0], name: 'Uno', color: 2 },
      { id: ids[1], name: 'Two', color: 0 },
    ])
    expect(await admin.call('res.partner.category', 'export_data', [ids, ['id', 'name']])).toEqual({
      datas: [
        ['__import__.t1', 'Uno'],
        ['__golden__.t2', 'Two'],
      ],
    })
  })

  test('changes records by their ids, and finds records by names, external ids and ids', async () => {
    const rows = [['Child', 'Services', 'base.be', '233']]
    const { ids } = await load(
      ['name', 'category_id', 'country_id/id', 'parent_id/country_id'].slice(0, 3),
      [rows[0]?.slice(0, 3)],
      'res.partner',
    )
    const id = ids ? ids[0] : 0
    expect(
      (await load(['.id', 'name', 'country_id/.id'], [[String(id), 'Renamed', '233']], 'res.partner')).ids,
    ).toEqual([id])
    expect(await admin.call('res.partner', 'export_data', [[id], ['name', 'category_id', 'country_id/id']])).toEqual({
      datas: [['Renamed', 'Services', 'base.us']],
    })
  })

  test('takes rows that only go on with a list, and finds what stands further up', async () => {
    const { ids } = await load(
      ['name', 'child_ids/name'],
      [
        ['Above', 'One'],
        ['', 'Two'],
        ['Beside', ''],
      ],
      'res.partner',
    )
    expect(ids).toHaveLength(2)
    expect(await admin.call('res.partner', 'export_data', [[ids ? ids[0] : 0], ['name', 'child_ids/name']])).toEqual({
      datas: [
        ['Above', 'One'],
        ['', 'Two'],
      ],
    })
    const tags = await load(
      ['name', 'parent_id'],
      [
        ['Root of the table', ''],
        ['Leaf', 'Root of the table'],
      ],
    )
    expect(tags).toMatchObject({ ids: [expect.any(Number), expect.any(Number)], messages: [] })
  })

  test('of which one row is wrong makes nothing, and says all that is wrong', async () => {
    const before = await count()
    const { ids, messages } = await load(
      ['name', 'color', 'active'],
      [
        ['A', 'abc', 'maybe'],
        ['', '1', ''],
        ['C', '3', '1'],
      ],
    )
    expect(ids).toBe(false)
    expect(messages).toMatchObject([
      {
        rows: { from: 0, to: 0 },
        record: 0,
        type: 'error',
        field: 'color',
        message: "'abc' does not seem to be an integer for field 'Color'",
      },
      {
        record: 0,
        type: 'error',
        field: 'active',
        message: "Unknown value 'maybe' for boolean field 'Active'",
        moreinfo: "Use '1' for yes and '0' for no",
      },
      {
        rows: { from: 1, to: 1 },
        record: 1,
        type: 'error',
        field: 'name',
        message: expect.stringMatching(/^Missing required value for the field '/),
      },
    ])
    expect(await count()).toBe(before)
  })

  test.each([
    ['a name', 'country_id', 'Atlantis', "No matching record found for name 'Atlantis' in field 'Country'"],
    [
      'an external id',
      'country_id/id',
      'no.where',
      "No matching record found for external id 'no.where' in field 'Country'",
    ],
    ['an id', 'country_id/.id', '999999', "No matching record found for database id '999999' in field 'Country'"],
    ['text for an id', 'country_id/.id', 'abc', "Invalid database id 'abc' for the field 'Country'"],
    [
      'an external id of another model',
      'country_id/id',
      'base.main_partner',
      "Invalid external ID base.main_partner: expected model 'res.country', found 'res.partner'",
    ],
    [
      'a field of the record',
      'country_id/code',
      'BE',
      'Can not create Many-To-One records indirectly, import the field separately',
    ],
    ['a choice', 'type', 'nothing', "Value 'nothing' not found in selection field 'Address Type'"],
    ['a number', 'partner_latitude', 'x', "'x' does not seem to be a number for field 'Geo Latitude'"],
    [
      'a moment',
      'create_date',
      '31/12/2020',
      "'31/12/2020' does not seem to be a valid datetime for field 'Created on'",
    ],
  ])('does not know %s', async (_case, field, value, message) => {
    const { ids, messages } = await load(['name', field], [['Nobody', value]], 'res.partner')
    expect(ids).toBe(false)
    expect(messages[0]).toMatchObject({ type: 'error', record: 0, message })
  })

  test('tells a refusal of the database by its field', async () => {
    const { ids, messages } = await load(['name', 'login'], [['Double', 'demo']], 'res.users')
    expect(ids).toBe(false)
    expect(messages).toEqual([
      { rows: { from: 0, to: 0 }, record: 0, type: 'error', field: 'login', message: expect.any(String) },
    ])
  })

  test('refuses unknown columns, and values that are no text where Python would fail', async () => {
    expect((await refusalOf(load(['nope'], [['x']]))).exception).toBe(
      odooVersion === 17 ? 'builtins.KeyError' : 'builtins.ValueError',
    )
    expect((await refusalOf(load(['name', 'active'], [['x', true]]))).exception).toBe('builtins.AttributeError')
    expect((await refusalOf(load(['name'], null))).exception).toBe('builtins.TypeError')
  })
})

describe('an import as another user', () => {
  const { as } = useSandbox()

  test('is refused row by row where the user may not make records', async () => {
    const demo = await as('demo')
    const loaded = (await demo.call('res.country', 'load', [['name'], [['Nowhere']]])) as Loaded
    expect(loaded).toMatchObject({
      ids: false,
      messages: [{ type: 'error', message: expect.stringMatching(/^You are not allowed to create/) }],
    })
  })

  test('export needs the group that may', async () => {
    const portal = await as('portal')
    const refusal = await refusalOf(portal.call('res.partner', 'export_data', [[], ['name']]))
    expect(refusal.message).toBe("You don't have the rights to export data. Please contact an Administrator.")
  })
})
