import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition } from '../engine/condition.ts'
import { OdooFault } from '../fault/odoo-fault.ts'
import { VERSIONS } from '../version/odoo-version.ts'
import { parseCondition } from './parse-condition.ts'

const { domain: terms } = VERSIONS[18]
const { domain: conditions } = VERSIONS[19]

const term = (path: string, operator = '=', value: unknown = 1): Condition => ({ kind: 'term', path, operator, value })

describe('a domain', () => {
  test.each([
    [
      'two terms are joined by and',
      [
        ['a', '=', 1],
        ['b', '=', 1],
      ],
      { kind: 'all', parts: [term('a'), term('b')] },
    ],
    ['or takes two', ['|', ['a', '=', 1], ['b', '=', 1]], { kind: 'either', parts: [term('a'), term('b')] }],
    ['the old unequal', [['a', '<>', 1]], term('a', '!=')],
    ['a list asks for in', [['a', '=', [1]]], term('a', 'in', [1])],
    ['false is no list', [['a', 'in', false]], term('a', '=', false)],
    [
      'true and false',
      [
        [1, '=', 1],
        [0, '=', 1],
      ],
      {
        kind: 'all',
        parts: [
          { kind: 'constant', holds: true },
          { kind: 'constant', holds: false },
        ],
      },
    ],
    [
      'tokens that are left over are joined by and',
      ['|', ['a', '=', 1], ['b', '=', 1], ['c', '=', 1]],
      { kind: 'all', parts: [{ kind: 'either', parts: [term('a'), term('b')] }, term('c')] },
    ],
  ])('%s', (_case, raw, condition) => {
    expect(parseCondition(raw, terms)).toEqual(condition)
  })

  test('not turns operators round until 18 and negates from 19 on', () => {
    expect(parseCondition(['!', ['a', '<', 1]], terms)).toEqual(term('a', '>='))
    expect(parseCondition(['!', '|', ['a', '=', 1], ['b', 'ilike', 1]], terms)).toEqual({
      kind: 'all',
      parts: [term('a', '!='), term('b', 'not ilike')],
    })
    expect(parseCondition(['!', ['a', 'child_of', 1]], terms)).toEqual({ kind: 'not', part: term('a', 'child_of') })
    expect(parseCondition(['!', ['a', '<', 1]], conditions)).toEqual({ kind: 'not', part: term('a', '<') })
  })

  test('of a hundred thousand terms is a flat list', () => {
    const leaf = ['id', '=', 1]
    const parsed = parseCondition([...Array(99_999).fill('|'), ...Array(100_000).fill(leaf)], terms)
    expect(parsed.kind === 'either' && parsed.parts.length).toBe(100_000)
  })
})

describe('whatever comes in', () => {
  const token = fc.oneof(
    fc.constantFrom('&', '|', '!'),
    fc.tuple(fc.constantFrom('name', 'a.b', 1, 0), fc.constantFrom('=', 'in', 'any', 'LIKE', '=?'), fc.jsonValue()),
    fc.jsonValue(),
  )

  test.each([
    ['17 and 18', terms],
    ['19', conditions],
  ])('is a condition or a fault of Odoo: %s', (_case, dialect) => {
    fc.assert(
      fc.property(fc.oneof(fc.array(token), fc.jsonValue()), (raw) => {
        try {
          expect(parseCondition(raw, dialect)).toHaveProperty('kind')
        } catch (error) {
          expect(error).toBeInstanceOf(OdooFault)
        }
      }),
    )
  })
})
