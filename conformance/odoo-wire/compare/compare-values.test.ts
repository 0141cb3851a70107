import { describe, expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { compareValues } from './compare-values.ts'
import {
  anyBoolean,
  anyDay,
  anyId,
  anyMoment,
  anyNumber,
  anyText,
  anything,
  atLeast,
  type Expected,
  eachLike,
  inAnyOrder,
  startsWith,
  textLike,
  unsetOr,
} from './loose.ts'

describe('what was recorded as it is', () => {
  const recorded: Json = [{ id: 15, name: 'Azure', country_id: [233, 'United States'], active: true, note: null }]

  test('is alike itself, in whatever order its members come', () => {
    const [row] = structuredClone(recorded) as [Json]
    const reversed = Object.fromEntries(Object.entries(row as object).reverse()) as Json
    expect(compareValues(recorded, [reversed])).toBeUndefined()
  })

  const row = { id: 15, name: 'Azure', country_id: [233, 'United States'], active: true, note: null }
  const cases: readonly (readonly [name: string, actual: Json, path: string])[] = [
    ['another value', [{ ...row, name: 'Bzure' }], '0.name'],
    ['another value deep inside', [{ ...row, country_id: [233, 'Belgium'] }], '0.country_id.1'],
    ['another type that looks alike', [{ ...row, id: '15' }], '0.id'],
    ['false for null', [{ ...row, note: false }], '0.note'],
    ['a list for a text', [{ ...row, name: ['Azure'] }], '0.name'],
    ['an object for a list', [{ ...row, country_id: { id: 233 } }], '0.country_id'],
    ['a missing member', [{ id: 15, name: 'Azure', active: true, note: null }], '0.country_id'],
    ['a member too many', [{ ...row, city: 'Fremont' }], '0.city'],
    ['a row too many', [row, row], '1'],
    ['no row', [], '0'],
    ['a row in place of the list', row, ''],
  ]
  test.each(cases)('differs from %s', (_name, actual, path) => {
    expect(compareValues(recorded, actual)?.path).toBe(path)
  })

  test('differs from the same rows in another order', () => {
    const rows: Json = [{ id: 1 }, { id: 2 }]
    expect(compareValues(rows, rows.toReversed())).toMatchObject({ path: '0.id', expected: '1', actual: '2' })
  })
})

describe('what was loosened', () => {
  const cases: readonly (readonly [name: string, expected: Expected, alike: readonly Json[], not: readonly Json[]])[] =
    [
      ['anything', anything, [null, 1, 'a', [], {}], []],
      ['a text', anyText, ['', 'a'], [1, false, null, []]],
      ['a number', anyNumber, [0, 1.5], ['1', false]],
      ['a boolean', anyBoolean, [true, false], [0, 'true', null]],
      ['an id', anyId, [1, 171], [0, -1, 1.5, '1', false]],
      ['a moment', anyMoment, ['2026-11-20 23:14:26'], ['2026-11-20', '2026-11-20T23:14:26', false]],
      ['a day', anyDay, ['2026-11-20'], ['2026-11-20 23:14:26', '']],
      ['a text that fits', textLike(/^S\d+$/), ['S12'], ['12', 12, '']],
      ['a value or unset', unsetOr(anyText), ['a', false], [true, null, 1]],
      ['each element', eachLike(anyId), [[], [1], [2, 3]], [['a'], [1, 0], 1, {}]],
      ['members at least', atLeast({ a: 1 }), [{ a: 1 }, { a: 1, b: 2 }], [{}, { a: 2 }, { b: 1 }, [1]]],
      [
        'the beginning',
        startsWith([1, 2]),
        [
          [1, 2],
          [1, 2, 3],
        ],
        [[1], [2, 1], [], 1],
      ],
      ['any order', inAnyOrder([1, 2, 2]), [[2, 1, 2]], [[1, 2], [1, 1, 2], [1, 2, 2, 3], 1]],
      [
        'inside what is not loose',
        [{ id: anyId, name: 'a' }],
        [[{ id: 7, name: 'a' }]],
        [[{ id: 7, name: 'b' }], [{ id: 7 }]],
      ],
    ]
  test.each(cases)('%s', (_name, expected, alike, not) => {
    for (const actual of alike) expect(compareValues(expected, actual), JSON.stringify(actual)).toBeUndefined()
    for (const actual of not) expect(compareValues(expected, actual), JSON.stringify(actual)).toBeDefined()
  })
})

test('a difference shows a long value in part', () => {
  expect(compareValues('a', 'b'.repeat(10_000))?.actual.length).toBeLessThan(200)
})
