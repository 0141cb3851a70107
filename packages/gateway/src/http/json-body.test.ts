import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { JSON_DEPTH_MAX, readJson } from './json-body.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

function codeOf(input: Uint8Array): string | undefined {
  try {
    readJson(input)
    return undefined
  } catch (error) {
    return error instanceof GatehouseError ? error.code : 'not a GatehouseError'
  }
}

describe('refusals', () => {
  const cases: readonly { name: string; input: Uint8Array; code: string }[] = [
    { name: 'a truncated object', input: bytes('{"a":1'), code: 'body.malformed' },
    { name: 'text after the value', input: bytes('{} {}'), code: 'body.malformed' },
    { name: 'a byte order mark', input: bytes('\ufeff{}'), code: 'body.malformed' },
    { name: 'NaN', input: bytes('{"a":NaN}'), code: 'body.malformed' },
    { name: 'bytes that are not UTF-8', input: Buffer.from([0x22, 0xff, 0x22]), code: 'body.bad_text' },
    { name: 'an escaped NUL', input: bytes('{"a":"\\u0000"}'), code: 'body.bad_text' },
    { name: 'a lone surrogate', input: bytes('{"a":"\\ud800"}'), code: 'body.bad_text' },
    { name: 'a lone surrogate in a key', input: bytes('{"\\udc00":1}'), code: 'body.bad_text' },
    { name: 'a key that is a prototype', input: bytes('{"a":{"__proto__":{"admin":true}}}'), code: 'body.invalid' },
    { name: 'an escaped key that is a prototype', input: bytes('{"__pr\\u006fto__":1}'), code: 'body.invalid' },
    { name: 'one level too many', input: bytes('['.repeat(65) + ']'.repeat(65)), code: 'body.too_deep' },
    { name: 'a million brackets', input: bytes('['.repeat(1_000_000)), code: 'body.too_deep' },
  ]
  test.each(cases)('$name is $code', ({ input, code }) => {
    expect(codeOf(input)).toBe(code)
  })
})

test('no bytes are no body', () => {
  expect(readJson(bytes(''))).toBeUndefined()
})

test('64 levels are read', () => {
  expect(codeOf(bytes('['.repeat(JSON_DEPTH_MAX) + ']'.repeat(JSON_DEPTH_MAX)))).toBeUndefined()
})

test('brackets in texts do not count as levels', () => {
  expect(readJson(bytes(`["${'['.repeat(100)}\\"${'{'.repeat(100)}"]`))).toHaveLength(1)
})

test('of a key that is there twice the last counts', () => {
  expect(readJson(bytes('{"a":1,"a":2}'))).toEqual({ a: 2 })
})

test('a surrogate pair is one character and accepted', () => {
  expect(readJson(bytes('"\\ud83d\\ude00"'))).toBe('😀')
})

test('whatever JSON.stringify writes is read back, up to the depth', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value)
      fc.pre(!text.includes('\\u0000') && !text.includes('__proto__') && !/\\ud[89a-f]/i.test(text))
      expect(readJson(bytes(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('no bytes make it throw anything but a GatehouseError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
      expect(codeOf(input)).not.toBe('not a GatehouseError')
    }),
  )
})
