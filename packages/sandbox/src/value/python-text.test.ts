import { describe, expect, test } from 'vitest'
import { pythonRepr, pythonText, pythonTruth, pythonTuple, pythonType } from './python-text.ts'

describe('Python prints', () => {
  test.each([
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [12, '12'],
    [1.5, '1.5'],
    ['text', "'text'"],
    ["it's", '"it\'s"'],
    [`it's "so"`, `'it\\'s "so"'`],
    ['a\nb\\', "'a\\nb\\\\'"],
    [['a', 1, [null]], "['a', 1, [None]]"],
    [{ a: { b: true } }, "{'a': {'b': True}}"],
  ])('%j', (value, text) => {
    expect(pythonRepr(value)).toBe(text)
  })

  test('text as it is, and tuples', () => {
    expect(pythonText('text')).toBe('text')
    expect(pythonTuple(['name', '=', 1])).toBe("('name', '=', 1)")
    expect(pythonTuple([15])).toBe('(15,)')
  })
})

test.each([
  [0, false, 'int'],
  ['', false, 'str'],
  [[], false, 'list'],
  [{}, false, 'dict'],
  [null, false, 'NoneType'],
  [1.5, true, 'float'],
  ['false', true, 'str'],
  [[0], true, 'list'],
  [true, true, 'bool'],
])('Python takes %j for %j, of type %s', (value, truth, type) => {
  expect(pythonTruth(value)).toBe(truth)
  expect(pythonType(value)).toBe(type)
})
