import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPythonJson } from './python-json.ts'

test.each([
  ['{"a": NaN}', { a: Number.NaN }],
  ['[Infinity, -Infinity, NaN]', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]],
  ['{"NaN": "Infinity", "b": NaN}', { NaN: 'Infinity', b: Number.NaN }],
  ['["\\\\", NaN, "\\"NaN"]', ['\\', Number.NaN, '"NaN']],
  ['NaN', Number.NaN],
])('reads %s as Python does', (text, value) => {
  expect(readPythonJson(text)).toEqual({ value })
})

test.each(['{"a": nan}', '[NaN', '"NaN', '[NaN "a]', 'NaNNaN', ''])('%j is no JSON for Python either', (text) => {
  expect(readPythonJson(text)).toBeUndefined()
})

test('what is JSON is read as JSON, with the special numbers beside it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      expect(readPythonJson(`[${text}, NaN]`)).toEqual({ value: [JSON.parse(text), Number.NaN] })
    }),
  )
})

test('a string of any length and spelling takes no longer than its letters', () => {
  expect(readPythonJson(`[NaN, "${'\\"'.repeat(2_000_000)}`)).toBeUndefined()
  const long = 'x'.repeat(8_000_000)
  expect(readPythonJson(`[NaN, "${long}"]`)).toEqual({ value: [Number.NaN, long] })
})
