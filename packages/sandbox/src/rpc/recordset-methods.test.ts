import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

describe('sets of records over the wire', () => {
  const { admin } = useSandbox({ odooVersion: 17 })

  test.each([
    ['sudo', [[1]], 'res.partner(1,)'],
    ['with_context', [[1, 3], { a: 1 }], 'res.partner(1, 3)'],
    ['browse', [[1]], 'res.partner()'],
    ['mapped', [[1], 'name'], ['YourCompany']],
    ['mapped', [[1, 3], 'country_id'], 'res.country(233,)'],
    ['mapped', [[1, 3], 'country_id.code'], ['US']],
    ['filtered', [[1, 3], 'is_company'], 'res.partner(1,)'],
    ['filtered_domain', [[1, 3], [['is_company', '=', false]]], 'res.partner(3,)'],
    ['sorted', [[1, 3], 'id', true], 'res.partner(3, 1)'],
    ['grouped', [[1, 3], 'is_company'], { true: 'res.partner(1,)', false: 'res.partner(3,)' }],
    ['get_external_id', [[1, 999_999]], { 1: 'base.main_partner', 999999: '' }],
    ['user_has_groups', ['base.group_portal,base.group_user'], true],
  ])('%s answers %j with %j', async (method, args, answer) => {
    expect(await admin.call('res.partner', method, args)).toEqual(answer)
  })

  test('ensure_one refuses two', async () => {
    expect(await refusalOf(admin.call('res.partner', 'ensure_one', [[1, 3]]))).toEqual({
      exception: 'builtins.ValueError',
      message: 'Expected singleton: res.partner(1, 3)',
    })
  })
})

describe.each([
  [18, ['sudo', 'mapped', 'filtered_domain', 'with_user', 'new'], ['browse', 'fetch', 'exists']],
  [19, ['sudo', 'browse', 'fetch', 'exists', 'search_fetch', 'lock_for_update'], []],
] as const)('Odoo %s', (odooVersion, kept, open) => {
  const { admin } = useSandbox({ odooVersion })

  test('keeps methods for Python to itself', async () => {
    for (const method of kept) {
      expect(await refusalOf(admin.call('res.partner', method, [[1]]))).toEqual({
        exception: 'odoo.exceptions.AccessError',
        message: `Private methods (such as 'res.partner.${method}') cannot be called remotely.`,
      })
    }
    for (const method of open) await admin.call('res.partner', method, [[1]])
  })
})
