import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

describe.each([17, 18, 19] as const)('export_data of Odoo %s', (odooVersion) => {
  const { admin, as } = useSandbox({ odooVersion })
  const rows = async (ids: unknown, columns: unknown, kwargs = {}, model = 'res.partner') =>
    ((await admin.call(model, 'export_data', [ids, columns], kwargs)) as { datas: unknown[][] }).datas
  const newFamily = async () =>
    (await admin.call('res.partner', 'create', [
      {
        name: 'Above',
        country_id: 20,
        category_id: [[6, 0, [1, 2]]],
        child_ids: [
          [0, 0, { name: 'One' }],
          [0, 0, { name: 'Two' }],
        ],
      },
    ])) as number

  test('goes through relations, and gives each record of a list a line', async () => {
    const id = await newFamily()
    expect(
      await rows([id], ['.id', 'country_id', 'country_id/code', 'child_ids/name', 'child_ids/parent_id/name']),
    ).toEqual([
      [String(id), 'Belgium', 'BE', 'One', 'Above'],
      ['', '', '', 'Two', 'Above'],
    ])
  })

  test('joins the records of a many2many in one cell, unless the table is for people', async () => {
    const id = await newFamily()
    const names = (await admin.call('res.partner', 'read', [[id], ['category_id']])) as { category_id: number[] }[]
    const tags = (await admin.call('res.partner.category', 'read', [names[0]?.category_id, ['display_name']])) as {
      display_name: string
    }[]
    const texts = tags.map((tag) => tag.display_name)
    expect(await rows([id], ['category_id'])).toEqual([[texts.join(',')]])
    expect(await rows([id], ['name', 'category_id/display_name'], { context: { import_compat: false } })).toEqual([
      ['Above', texts[0]],
      ['', texts[1]],
    ])
  })

  test('gives external ids, makes those that are missing, and keeps them', async () => {
    const id = await newFamily()
    const [[made] = []] = await rows([id], ['id'])
    expect(made).toMatch(new RegExp(`^__export__\\.res_partner_${id}_[0-9a-f]{8}$`))
    expect(await rows([id], ['id', 'country_id/id', 'country_id:id', 'country_id.id'])).toEqual([
      [made, 'base.be', 'base.be', '20'],
    ])
    expect(await admin.call('res.partner', 'get_metadata', [[id]])).toMatchObject([
      { id, create_uid: [2, 'Mitchell Admin'], xmlid: made, xmlids: [{ xmlid: made, noupdate: false }] },
    ])
  })

  test('shows choices by their labels and moments by the clock of the user', async () => {
    const id = await newFamily()
    await admin.call('res.users', 'write', [[2], { tz: 'Asia/Tokyo' }])
    expect(await rows([id], ['type', 'active', 'color', 'ref', 'create_date'])).toEqual([
      ['Contact', true, 0, '', '2026-11-21 08:20:00'],
    ])
  })

  test('refuses unknown columns, records that are gone, and users who may not', async () => {
    const unknown = odooVersion === 17 ? 'builtins.KeyError' : 'builtins.ValueError'
    expect((await refusalOf(rows([1], ['nope']))).exception).toBe(unknown)
    expect((await refusalOf(rows([1], ['country_id/nope']))).exception).toBe(unknown)
    expect((await refusalOf(rows([999_999], ['name']))).exception).toBe('odoo.exceptions.MissingError')
    const portal = await as('portal')
    expect((await refusalOf(portal.call('res.partner', 'export_data', [[], ['name']]))).exception).toBe(
      'odoo.exceptions.UserError',
    )
  })
})
