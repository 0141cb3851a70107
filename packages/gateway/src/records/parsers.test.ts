import { printDomain } from '@odoo-gatehouse/odoo/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { parseExpand } from './parse-expand.ts'
import { parseFields } from './parse-fields.ts'
import { parseFilter } from './parse-filter.ts'
import { parseOrder, printOrder } from './parse-order.ts'
import { parseId, parseIds, parseLimit, parseOffset, parsePage } from './parse-paging.ts'

const refused = (code: string) => expect.objectContaining({ name: 'GatehouseError', code, status: 400 })

describe('fields', () => {
  test.each<[unknown, string[]]>([
    ['["name","email"]', ['name', 'email']],
    [' ["name"] ', ['name']],
    ['name,email', ['name', 'email']],
    ['name , email', ['name', 'email']],
    ['["name","name"]', ['name']],
    ['', []],
    ['[]', []],
    [['name'], ['name']],
  ])('%j is %j', (source, names) => {
    expect(parseFields(source)).toEqual(names)
  })

  test.each([
    '["name"',
    '{"a":1}',
    '[1]',
    '[["name"]]',
    '["country_id.name"]',
    'name,,email',
    'name;x',
    '[""]',
    null,
    5,
    undefined,
    {},
    ['name', null],
    Array.from({ length: 501 }, (_, i) => `f${i}`),
  ])('%j is refused', (source) => {
    expect(() => parseFields(source)).toThrow(refused('fields.malformed'))
  })
})

describe('expand', () => {
  test('takes lists of names, and objects with more', () => {
    expect(
      parseExpand('{"child_ids":["name"],"parent_id":{"fields":"name,email","expand":{"country_id":["code"]}}}'),
    ).toEqual({
      child_ids: { fields: ['name'] },
      parent_id: { fields: ['name', 'email'], expand: { country_id: { fields: ['code'] } } },
    })
    expect(parseExpand({ child_ids: { limit: '3', order: 'name desc' } })).toEqual({
      child_ids: { fields: [], limit: 3, order: 'name desc' },
    })
    expect(parseExpand({})).toEqual({})
  })

  test.each<[unknown, string]>([
    ['{', 'expand.malformed'],
    ['["child_ids"]', 'expand.malformed'],
    ['null', 'expand.malformed'],
    [null, 'expand.malformed'],
    [{ child_ids: 'name' }, 'expand.malformed'],
    [{ child_ids: null }, 'expand.malformed'],
    [{ 'a.b': ['name'] }, 'expand.malformed'],
    [{ child_ids: { fields: ['name'], domain: [] } }, 'expand.malformed'],
    [{ child_ids: { order: 5 } }, 'expand.malformed'],
    [{ child_ids: { limit: 0 } }, 'paging.malformed'],
    [{ child_ids: [1] }, 'fields.malformed'],
    [{ a: { expand: { b: { expand: { c: { expand: { d: [] } } } } } } }, 'expand.too_deep'],
    [Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, []])), 'expand.malformed'],
  ])('%j is refused', (source, code) => {
    expect(() => parseExpand(source)).toThrow(refused(code))
  })

  test('a name of JavaScript is a name like any other', () => {
    const parsed = parseExpand('{"__proto__":["name"]}')
    expect(Object.keys(parsed)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
  })
})

describe('paging', () => {
  test.each<[unknown, number]>([
    ['1', 1],
    [20, 20],
    ['020', 20],
  ])('%j is the limit %i', (source, limit) => {
    expect(parseLimit(source)).toBe(limit)
  })

  test.each([
    '0',
    0,
    -1,
    '-1',
    '1.5',
    1.5,
    '1e3',
    'ten',
    '',
    ' ',
    null,
    true,
    [],
    '9'.repeat(16),
    Number.NaN,
    Infinity,
  ])('%j is no limit', (source) => {
    expect(() => parseLimit(source)).toThrow(refused('paging.malformed'))
  })

  test('a limit above every page is cut down like any other', () => {
    expect(parseLimit(9_999_999_999)).toBe(2 ** 31 - 1)
  })

  test('an offset may be 0, a page may not', () => {
    expect(parseOffset('0')).toBe(0)
    expect(() => parseOffset('-1')).toThrow(refused('paging.malformed'))
    expect(() => parsePage('0', 'offset')).toThrow('"offset" must be an integer of at least 1.')
  })
})

describe('ids', () => {
  test('come as digits, numbers, lists and comma lists, each once', () => {
    expect(parseId('7')).toBe(7)
    expect(parseIds('7, 8,7')).toEqual([7, 8])
    expect(parseIds([7, '8'])).toEqual([7, 8])
    expect(parseIds(7)).toEqual([7])
  })

  test.each(['0', '-1', 'abc', '1.0', '', '2147483648', '99999999999', 0, true, null, {}, ' 7'])(
    '%j is no id',
    (source) => {
      expect(() => parseId(source)).toThrow(refused('ids.malformed'))
    },
  )

  test.each(['', ',', '7,', [], [[7]], null])('%j are no ids', (source) => {
    expect(() => parseIds(source)).toThrow(refused('ids.malformed'))
  })
})

describe('a domain', () => {
  test('comes as JSON, as a Python literal or as a list; empty is no condition', () => {
    const printed = [['active', '=', true]]
    expect(printDomain(parseFilter('[["active","=",true]]'))).toEqual(printed)
    expect(printDomain(parseFilter("[('active', '=', True)]"))).toEqual(printed)
    expect(printDomain(parseFilter(printed))).toEqual(printed)
    expect(parseFilter(' ')).toEqual({ kind: 'true' })
  })

  test.each(['__import__("os")', '[["name","~~","x"]]', '['.repeat(20_000), '{"a":1}', '5', null, 5])(
    '%.30j is refused',
    (source) => {
      expect(() => parseFilter(source)).toThrow(refused('domain.malformed'))
    },
  )
})

describe('an order', () => {
  test('is read and written in one form', () => {
    expect(printOrder(parseOrder('name  DESC ,id asc, color NULLS first'))).toBe('name desc, id, color nulls first')
  })

  test('what is written reads the same again', () => {
    const term = fc.record({
      field: fc.stringMatching(/^[a-z_][a-z0-9_]{0,20}$/),
      descending: fc.boolean(),
      nulls: fc.constantFrom('first', 'last', undefined),
    })
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 16 }), (terms) => {
        expect(parseOrder(printOrder(terms))).toEqual(terms)
      }),
    )
  })
})

describe('whatever is sent', () => {
  test.each<[string, (source: unknown) => unknown]>([
    ['fields', parseFields],
    ['expand', parseExpand],
    ['a limit', parseLimit],
    ['ids', parseIds],
    ['a domain', parseFilter],
    ['an order', (source) => parseOrder(JSON.stringify(source) ?? '')],
  ])('%s are read or refused with an error of ours', (_, parse) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue()), (source) => {
        try {
          parse(source)
        } catch (error) {
          if (!(error instanceof GatehouseError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})
