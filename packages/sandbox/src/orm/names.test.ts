import { describe, expect, test } from 'vitest'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

describe('names', () => {
  test.each([
    ['res.partner', 7, 'YourCompany, Marc Demo'],
    ['res.partner.category', 7, 'Vendor / Desk Manufacturers'],
    ['res.country.state', 13, 'California (US)'],
    ['res.groups', 4, 'Administration / Settings'],
    ['res.bank', 2, 'ING - BBRUBEBB'],
    ['res.currency', 1, 'USD'],
    ['project.project', 1, 'Office Design'],
  ])('of %s', async (model, id, name) => {
    expect(await admin.call(model, 'read', [[id], ['display_name']])).toEqual([{ id, display_name: name }])
  })

  test('show an address when the context asks', async () => {
    const specification = { parent_id: { fields: { display_name: {} }, context: { show_email: true } } }
    expect(await admin.call('res.partner', 'web_read', [[27]], { specification })).toEqual([
      { id: 27, parent_id: { id: 15, display_name: 'Azure Interior <azure.Interior24@example.com>' } },
    ])
  })

  test.each([
    [
      'part of a name',
      'res.partner',
      ['azure'],
      { limit: 2 },
      [
        [15, 'Azure Interior'],
        [27, 'Azure Interior, Brandon Freeman'],
      ],
    ],
    ['an address', 'res.partner', ['azure.Interior24@example.com'], {}, [[15, 'Azure Interior']]],
    [
      'a country code first',
      'res.country',
      ['BE'],
      { limit: 3 },
      [
        [20, 'Belgium'],
        [36, 'Belarus'],
        [37, 'Belize'],
      ],
    ],
    ['a filter', 'res.partner', ['azure', [['is_company', '=', true]]], {}, [[15, 'Azure Interior']]],
  ])('are found by %s', async (_case, model, args, kwargs, found) => {
    expect(await admin.call(model, 'name_search', args, kwargs)).toEqual(found)
  })
})
