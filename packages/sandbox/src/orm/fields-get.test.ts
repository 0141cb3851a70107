import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

describe('the schema', () => {
  test('tells the facts that are asked for, of the fields that exist', async () => {
    const attributes = ['type', 'string', 'relation', 'relation_field', 'required', 'store', 'sortable', 'nope']
    expect(
      await admin.call('res.partner', 'fields_get', [['name', 'child_ids', 'contact_address', 'nope']], { attributes }),
    ).toEqual({
      name: { type: 'char', string: 'Name', required: false, store: true, sortable: true },
      child_ids: {
        type: 'one2many',
        string: 'Contact',
        relation: 'res.partner',
        relation_field: 'parent_id',
        required: false,
        store: true,
        sortable: false,
      },
      contact_address: { type: 'char', string: 'Complete Address', required: false, store: false, sortable: false },
    })
  })

  test('tells defaults, also those of the context', async () => {
    expect(
      await admin.call(
        'res.partner',
        'default_get',
        [['name', 'type', 'lang', 'active', 'is_company', 'country_id', 'color']],
        {
          context: { default_name: 'From the context' },
        },
      ),
    ).toEqual({ name: 'From the context', type: 'contact', lang: 'en_US', active: true, is_company: false, color: 0 })
  })
})

describe('the context', () => {
  test.each([
    [
      'a company that is not the user’s',
      { allowed_company_ids: [999] },
      'odoo.exceptions.AccessError',
      'Access to unauthorized or invalid companies.',
    ],
    [
      'a language that is not installed',
      { lang: 'xx_YY' },
      'odoo.exceptions.UserError',
      'Invalid language code: xx_YY',
    ],
  ])('refuses %s', async (_case, context, exception, message) => {
    expect(await refusalOf(admin.call('res.partner', 'search_count', [[]], { context }))).toEqual({
      exception,
      message,
    })
  })

  test.each([null, {}, { tz: 'Asia/Tokyo' }, { unknown: 1 }])('may be %j', async (context) => {
    expect(await admin.call('res.partner', 'search_count', [[['id', '=', 1]]], { context })).toBe(1)
  })
})
