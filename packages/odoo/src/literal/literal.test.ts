import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LiteralError, type LiteralLimits, type LiteralValue, parseLiteral } from './index.ts'

/** Comparable with ordinary objects: a literal's objects have no prototype. */
function parsed(text: string, limits?: LiteralLimits): unknown {
  return structuredClone(parseLiteral(text, limits))
}

function refusal(text: string, limits?: LiteralLimits): LiteralError {
  try {
    parseLiteral(text, limits)
  } catch (error) {
    if (error instanceof LiteralError) return error
    throw error
  }
  throw new Error('It was taken.')
}

describe('what both languages write is read', () => {
  test.each<[name: string, text: string, value: LiteralValue]>([
    ['null of JSON', 'null', null],
    ['None of Python', 'None', null],
    ['true of JSON', 'true', true],
    ['False of Python', ' False\n', false],
    ['an integer', '42', 42],
    ['a negative integer', '-7', -7],
    ['minus zero as zero', '-0', 0],
    ['the largest safe integer', '9007199254740991', 9007199254740991],
    ['a float', '-3.25', -3.25],
    ['a float with an exponent', '1.5E-3', 0.0015],
    ['a float of Python without a fraction', '5.', 5],
    ['a float of Python without an integer part', '.5', 0.5],
    ['a text in double quotes', '"it\'s"', "it's"],
    ['a text in single quotes', '\'say "hi"\'', 'say "hi"'],
    ['a text with the prefix u', "u'é'", 'é'],
    ['the empty text', "''", ''],
    ['escapes', String.raw`"\n\t\r\b\f\v\a\\\/\"\'"`, '\n\t\r\b\f\v\x07\\/"\''],
    ['escapes of code points', String.raw`'\x41\u00e9\U0001F600'`, 'Aé😀'],
    ['a surrogate pair as in JSON', '"\\ud83d\\ude00"', '😀'],
    ['a tab inside a text', "'a\tb'", 'a\tb'],
    ['an empty list', '[]', []],
    ['a list with a comma at its end', '[1, 2,]', [1, 2]],
    ['a tuple as a list', '(1, 2)', [1, 2]],
    ['a tuple of one', '(1,)', [1]],
    ['an empty tuple', '()', []],
    ['a parenthesis around one value as that value', "('a')", 'a'],
    ['a parenthesis around null as null', '(None)', null],
    ['an object', '{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
    ['a dict with a comma at its end', "{'a': True,}", { a: true }],
    ['the last of two equal keys', "{'a': 1, 'a': 2}", { a: 2 }],
    ['spaces everywhere', ' [ ( "a" , 1 ) , { "b" : 2 } ] ', [['a', 1], { b: 2 }]],
  ])('%s', (_, text, value) => {
    expect(parsed(text)).toStrictEqual(value)
  })

  test('a key __proto__ is a key like any other and leaves every prototype alone', () => {
    const value = parseLiteral('{"__proto__": {"polluted": true}, "constructor": 1}')
    expect(Object.keys(value ?? {})).toStrictEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('what is no literal is refused as malformed', () => {
  test.each<[name: string, text: string]>([
    ['nothing', ''],
    ['only spaces', ' \n'],
    ['a name', 'uid'],
    ['a name that begins like a constant', 'Nonexistent'],
    ['NaN', 'NaN'],
    ['Infinity', '-Infinity'],
    ['a call', '__import__("os").system("id")'],
    ['a call on a constant', 'None.__class__'],
    ['a lambda', 'lambda: 1'],
    ['an operator', '1 + 1'],
    ['a difference', '1-1'],
    ['a product of lists', '[1] * 1000000000'],
    ['not', 'not True'],
    ['a plus sign', '+1'],
    ['two minus signs', '--1'],
    ['a comprehension', '[x for x in (1, 2)]'],
    ['an f-string', 'f"{1}"'],
    ['bytes', 'b"a"'],
    ['a raw text', 'r"a"'],
    ['texts side by side', "'a' 'b'"],
    ['texts side by side in a list', "['a' 'b']"],
    ['a triple-quoted text', "'''a'''"],
    ['a set', '{1, 2}'],
    ['a key that is a number', '{1: 2}'],
    ['a key that is a list', '{[1]: 2}'],
    ['a dict without a colon', "{'a' 1}"],
    ['a dict without a comma', "{'a': 1 'b': 2}"],
    ['a subscript', "{'a': 1}['a']"],
    ['two values', '1 2'],
    ['a bare tuple', '1, 2'],
    ['only a comma', '[,]'],
    ['two commas', '[1,,2]'],
    ['an open list', '[1'],
    ['a list closed by the wrong bracket', '[1)'],
    ['an open text', "'a"],
    ['a text that ends in a backslash', "'a\\"],
    ['a line break inside a text', "'a\nb'"],
    ['a control character inside a text', "'a\x01b'"],
    ['an unknown escape', String.raw`'\q'`],
    ['an octal escape', String.raw`'\101'`],
    ['a named escape', String.raw`'\N{BULLET}'`],
    ['a short escape', String.raw`'\u12'`],
    ['an escape of no character', String.raw`'\U00110000'`],
    ['NUL as an escape', String.raw`'\x00'`],
    ['half of a surrogate pair', String.raw`'\ud800'`],
    ['a hexadecimal number', '0x10'],
    ['a number with an underscore', '1_000'],
    ['a number with a zero before it', '007'],
    ['an imaginary number', '1j'],
    ['an exponent without digits', '1e'],
    ['an integer beyond 2^53', '9007199254740992'],
    ['a float beyond a double', '1e999'],
    ['a comment', '1 # one'],
    ['a byte order mark', '\ufeff[]'],
  ])('%s', (_, text) => {
    expect(refusal(text).reason).toBe('malformed')
  })

  test('the error tells where, and never repeats the text', () => {
    const error = refusal("['a', topsecret]")
    expect(error.position).toBe(6)
    expect(error.message).not.toContain('topsecret')
  })
})

describe('the limits hold', () => {
  test.each([['['], ['('], ['{"a":']])('20,000 times %s is too deep and breaks no stack', (bracket) => {
    expect(refusal(bracket.repeat(20_000), { lengthMax: 200_000, depthMax: 1_000_000 }).reason).toBe('too_deep')
  })

  test('the deepest list that is allowed is read, one deeper is not', () => {
    expect(parsed('[[[]]]', { depthMax: 3 })).toStrictEqual([[[]]])
    expect(refusal('[[[[]]]]', { depthMax: 3 }).reason).toBe('too_deep')
  })

  test('the longest text that is allowed is read, one longer is not', () => {
    expect(parsed('[10]', { lengthMax: 4 })).toStrictEqual([10])
    expect(refusal('[100]', { lengthMax: 4 }).reason).toBe('too_long')
  })
})

describe('properties', () => {
  const json = fc.jsonValue({ maxDepth: 5 }).filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)))

  test('reads whatever JSON writes, as JSON reads it', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value)
        const exact = !/[0-9]{16}/.test(text) // Larger integers are refused on purpose.
        if (exact) expect(JSON.stringify(parseLiteral(text))).toBe(text)
      }),
    )
  })

  test('throws nothing but LiteralError, whatever the text', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      ',',
      ':',
      "'",
      '"',
      '\\',
      'u',
      'None',
      '1',
      '-',
      '.',
      'e',
      ' ',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((list) => list.join('')),
        ),
        (text) => {
          try {
            parseLiteral(text)
          } catch (error) {
            expect(error).toBeInstanceOf(LiteralError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
