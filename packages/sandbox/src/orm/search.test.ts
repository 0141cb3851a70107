import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

describe('search', () => {
  const search = (kwargs: Record<string, unknown>, model = 'res.partner') => admin.call(model, 'search', [[]], kwargs)

  test('keeps the order of the model when none is asked for', async () => {
    const names = (await admin.call('res.partner', 'search_read', [[]], { fields: ['complete_name'] })) as {
      complete_name: string
    }[]
    const found = names.map((record) => record.complete_name)
    expect(found.length).toBeGreaterThan(35)
    expect(found).toEqual(found.toSorted())
  })

  test.each([
    ['a field', 'name desc', [1, 9, 17]],
    ['two fields', 'is_company desc, id desc', [16, 15, 14]],
    ['a many2one by the order of its model', 'country_id, id', [13, 1, 3]],
    ['a many2one by its id', 'country_id.id desc, id', [1, 3, 7]],
    ['unset values last', 'function, id', [20, 26, 34]],
    ['unset values first', 'function nulls first, id', [1, 3, 7]],
    ['unset values first when descending', 'function desc, id', [1, 3, 7]],
  ])('orders by %s', async (_case, order, ids) => {
    expect(await search({ order, limit: 3 })).toEqual(ids)
  })

  test.each([
    ['name upward', 'odoo.exceptions.UserError', /^Invalid "order" specified \(name upward\)\. A valid "order"/],
    ['name; drop table res_partner', 'odoo.exceptions.UserError', /^Invalid "order" specified/],
    ['(select 1)', 'odoo.exceptions.UserError', /^Invalid "order" specified/],
    ['nope desc', 'builtins.ValueError', /^Invalid field 'nope' on model 'res\.partner'$/],
    ['NAME', 'builtins.ValueError', /^Invalid field 'NAME'/],
    ['child_ids', 'builtins.ValueError', /^Cannot convert res\.partner\.child_ids to SQL because it is not stored$/],
  ])('refuses the order %s', async (order, exception, message) => {
    const refusal = await refusalOf(search({ order }))
    expect(refusal.exception).toBe(exception)
    expect(refusal.message).toMatch(message)
  })

  test('pages', async () => {
    const all = (await search({ order: 'id' })) as number[]
    expect(await search({ order: 'id', limit: 5, offset: 10 })).toEqual(all.slice(10, 15))
    expect(await search({ order: 'id', limit: 0 })).toEqual(all)
    expect(await search({ order: 'id', offset: 1000 })).toEqual([])
    expect((await refusalOf(search({ limit: -1 }))).message).toBe('LIMIT must not be negative\n')
    expect((await refusalOf(search({ offset: -1, limit: 2 }))).message).toBe('OFFSET must not be negative\n')
  })

  test.each([
    [{ limit: 1.5 }, 2],
    [{ limit: '3' }, 3],
    [{ limit: 2, offset: 2 ** 53 }, 0],
    [{ limit: '0' }, 0],
    [{ limit: 1, offset: false }, 1],
  ])('reads a page as PostgreSQL does: %j', async (kwargs, length) => {
    expect(await search(kwargs)).toHaveLength(length)
  })

  test.each([
    [{ limit: 'abc' }, 'InvalidTextRepresentation', 'invalid input syntax for type bigint: "abc"\n'],
    [{ offset: 'abc' }, 'InvalidTextRepresentation', 'invalid input syntax for type bigint: "abc"\n'],
    [{ offset: 2 ** 63 }, 'NumericValueOutOfRange', 'bigint out of range\n'],
    [{ limit: 2 ** 63 }, 'NumericValueOutOfRange', 'bigint out of range\n'],
    [
      { limit: '9223372036854775808' },
      'NumericValueOutOfRange',
      'value "9223372036854775808" is out of range for type bigint\n',
    ],
    [{ limit: true }, 'DatatypeMismatch', 'argument of LIMIT must be type bigint, not type boolean\n'],
    [{ limit: '-1' }, 'InvalidRowCountInLimitClause', 'LIMIT must not be negative\n'],
  ])('refuses the page %j', async (kwargs, exception, message) => {
    expect(await refusalOf(search(kwargs))).toEqual({ exception: `psycopg2.errors.${exception}`, message })
  })

  test('takes three thousand order terms', async () => {
    const order = Array.from({ length: 3000 }, (_, index) => (index % 2 ? 'name desc' : 'id')).join(',')
    expect(await search({ order, limit: 3 })).toEqual(await search({ order: 'id', limit: 3 }))
  })

  test('counts, no further than the limit', async () => {
    expect(await admin.call('res.partner', 'search_count', [[['is_company', '=', true]]])).toBe(9)
    expect(await admin.call('res.partner', 'search_count', [[]], { limit: 3 })).toBe(3)
  })
})
