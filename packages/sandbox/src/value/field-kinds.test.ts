import { describe, expect, test } from 'vitest'
import type { Field } from '../schema/field.ts'
import { fromColumn, toColumn } from './column-value.ts'

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({ name: 'f', type, ...more }) as Field
const selection = [['res.partner', 'Contact']] as const

describe('values that are kept', () => {
  test.each([
    ['a reference', field('reference', { selection }), 'res.partner,7', 'res.partner,7'],
    ['no reference', field('reference', { selection }), false, null],
    ['an id of any model', field('many2one_reference'), '12', 12],
    ['JSON', field('json'), { a: [1] }, '{"a":[1]}'],
    ['no JSON', field('json'), false, null],
  ])('%s', (_case, of, value, kept) => {
    expect(toColumn('m', of, value)).toBe(kept)
  })

  test.each([
    ['a reference without an id', 'res.partner', /not enough values to unpack/],
    ['a reference with text for an id', 'res.partner,x', /invalid literal for int/],
    ['a reference to a model that is no choice', 'res.users,1', /Wrong value for m\.f: 'res\.users,1'/],
    ['a number', 7, /Wrong value for m\.f: 7/],
  ])('refuse %s', (_case, value, message) => {
    expect(() => toColumn('m', field('reference', { selection }), value)).toThrow(message)
  })
})

test.each([
  ['reference', null, false],
  ['many2one_reference', null, 0],
  ['json', '{"a":1}', { a: 1 }],
  ['json', null, false],
  ['properties', null, []],
  ['boolean', 1, true],
  ['float', null, 0],
] as const)('%s shows %j as %j', (type, kept, shown) => {
  expect(fromColumn(field(type), kept)).toEqual(shown)
})
