import { expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { compareValues } from './compare-values.ts'
import { shapeOf } from './shape.ts'

const cases: readonly (readonly [name: string, recorded: Json, alike: readonly Json[], not: readonly Json[]])[] = [
  ['a count', 210, [1, 0], ['1', [1], null]],
  ['a list of ids', [12, 8], [[], [1, 2, 3]], [['a'], 1, [[1]]]],
  ['a text, which may be unset', ['a'], [['b'], [false]], [[1], [true]]],
  ['a moment stays one', ['2026-11-20 23:14:26'], [['2001-01-01 00:00:00']], [['yesterday']]],
  ['a day stays one', ['2026-11-20'], [['2001-01-01']], [['2001-01-01 00:00:00']]],
  ['a boolean that was true', [true], [[true]], [['true'], [1]]],
  ['false tells nothing', [false], [[false], ['a'], [1]], []],
  ['a many2one', [[233, 'United States']], [[[1, 'A'], false]], [[['A', 1]], [[1]], [1]]],
  [
    'rows, any number',
    [{ id: 1, name: 'a' }],
    [
      [],
      [
        { id: 2, name: 'b' },
        { id: 3, name: false },
      ],
    ],
    [[{ id: 1 }], [{ id: 'a', name: 'b' }], [{ id: 1, name: 'a', x: 1 }]],
  ],
  ['a member that only some rows have', [{ id: 1 }, { id: 2, x: 1 }], [[{ id: 3 }, { id: 4, x: 'b' }]], [[{ x: 1 }]]],
  [
    'a list that is unset in some rows',
    [{ a: false }, { a: ['x', 'y'] }],
    [[{ a: ['z'] }, { a: false }]],
    [[{ a: [1] }]],
  ],
  ['a list that never is', [{ a: [1] }], [[{ a: [] }]], [[{ a: false }]]],
  ['a member that is unset in some rows', [{ a: false }, { a: 'x' }], [[{ a: false }, { a: 'y' }]], [[{ a: 1 }]]],
]

test.each(cases)('the shape of %s', (_name, recorded, alike, not) => {
  const shape = shapeOf(recorded)
  expect(compareValues(shape, recorded)).toBeUndefined()
  for (const actual of alike) expect(compareValues(shape, actual), JSON.stringify(actual)).toBeUndefined()
  for (const actual of not) expect(compareValues(shape, actual), JSON.stringify(actual)).toBeDefined()
})
