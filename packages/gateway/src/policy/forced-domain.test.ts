import { DomainError, printDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import { bindForcedDomain, bindForcedValue, compileForcedDomain } from './forced-domain.ts'
import { DEMO_USER } from './policy.fixture.ts'

const DEMO = { principal: DEMO_USER }

describe('compileForcedDomain', () => {
  test.each<[string, string | readonly unknown[], Record<string, unknown>, string[]]>([
    ['one `=`', [['company_id', '=', 1]], { company_id: 1 }, []],
    [
      'two `=`',
      [
        ['company_id', '=', 1],
        ['type', '=', 'a'],
      ],
      { company_id: 1, type: 'a' },
      [],
    ],
    ['null is unset', [['parent_id', '=', null]], { parent_id: null }, []],
    ['another operator locks', [['color', '>', 3]], {}, ['color']],
    ['`in` locks, even of one value', [['color', 'in', [3]]], {}, ['color']],
    ['`=` with a list is `in`', [['color', '=', [3]]], {}, ['color']],
    ['a path locks its first step alone', [['country_id.code', '=', 'BE']], {}, ['country_id']],
    ['`any` locks its relation alone', [['child_ids', 'any', [['name', '=', 'x']]]], {}, ['child_ids']],
    ['terms under `|` lock', ['|', ['a', '=', 1], ['b', '=', 2]], {}, ['a', 'b']],
    ['a term under `!` locks', ['!', ['a', '=', 1]], {}, ['a']],
    [
      'both kinds side by side',
      [
        ['a', '=', 1],
        ['b', '!=', 2],
      ],
      { a: 1 },
      ['b'],
    ],
  ])('%s', (_, source, values, locked) => {
    const forced = compileForcedDomain(source)
    expect(Object.fromEntries(forced?.values ?? [])).toEqual(values)
    expect([...(forced?.lockedFields ?? [])]).toEqual(locked)
  })

  test('an empty domain forces nothing', () => {
    expect(compileForcedDomain([])).toBeUndefined()
    expect(compileForcedDomain('[]')).toBeUndefined()
  })

  test('a domain that matches nothing is kept', () => {
    expect(compileForcedDomain([[0, '=', 1]])?.domain).toEqual({ kind: 'false' })
  })

  test.each([
    [
      'two values for one field',
      [
        ['a', '=', 1],
        ['a', '=', 2],
      ],
    ],
    ['an unknown placeholder', [['a', '=', '$company']]],
    ['an unknown placeholder in a list', [['a', 'in', [1, '$nobody']]]],
    ['an unknown placeholder inside `any`', [['a', 'any', [['b', '=', '$nobody']]]]],
    ['a name in place of a literal', "[('user_id', '=', uid)]"],
  ])('refuses %s', (_, source) => {
    expect(() => compileForcedDomain(source)).toThrow(DomainError)
  })
})

describe('placeholders', () => {
  test('`$uid` is the id of the caller, wherever a value may stand', () => {
    const source = ['|', ['user_id', '=', '$uid'], '!', ['user_ids', 'any', [['id', 'in', [1, '$uid']]]]]
    const forced = compileForcedDomain(source)
    expect(forced?.placeholders).toEqual(new Set(['$uid']))
    expect(forced && printDomain(bindForcedDomain(forced, DEMO))).toEqual([
      '|',
      ['user_id', '=', 6],
      '!',
      ['user_ids', 'any', [['id', 'in', [1, 6]]]],
    ])
  })

  test('two callers get two domains from one exposure', () => {
    const forced = compileForcedDomain([['user_id', '=', '$uid']])
    const bound = [1, 2].map((uid) => forced && printDomain(bindForcedDomain(forced, { principal: { uid } })))
    expect(bound).toEqual([[['user_id', '=', 1]], [['user_id', '=', 2]]])
  })

  test('a forced value may be one; unset is `false`, as Odoo is told it', () => {
    expect(bindForcedValue('$uid', DEMO)).toBe(6)
    expect(bindForcedValue(null, DEMO)).toBe(false)
    expect(bindForcedValue('$5', DEMO)).toBe('$5')
  })

  test('`$company_id` is the current company of the caller', () => {
    const forced = compileForcedDomain([['company_id', 'in', [false, '$company_id']]])
    expect(forced?.placeholders).toEqual(new Set(['$company_id']))
    expect(forced && printDomain(bindForcedDomain(forced, { ...DEMO, companyId: 3 }))).toEqual([
      ['company_id', 'in', [false, 3]],
    ])
    expect(bindForcedValue('$company_id', { ...DEMO, companyId: 3 })).toBe(3)
  })

  test('a company that Odoo does not tell refuses, rather than to be left out', () => {
    const forced = compileForcedDomain([['company_id', '=', '$company_id']])
    const refused = expect.objectContaining({ code: 'company.unknown', status: 403 })
    expect(() => forced && bindForcedDomain(forced, DEMO)).toThrow(refused)
    expect(() => bindForcedValue('$company_id', DEMO)).toThrow(refused)
  })

  test('a domain without one is the same value for every caller', () => {
    const forced = compileForcedDomain([['company_id', '=', 1]])
    expect(forced && bindForcedDomain(forced, DEMO)).toBe(forced?.domain)
  })
})
