import { describe, expect, test } from 'vitest'
import { and, type Domain, leaf, or, parseDomainText } from './index.ts'
import { a, any, refusal } from './testing/domain-parts.ts'

describe('a text', () => {
  test.each<[name: string, text: string, domain: Domain]>([
    [
      'of Python',
      "['|', ('a', '=', True), (u'b', 'in', (1, 2)), ('c', '!=', None)]",
      and(or(leaf('a', '=', true), leaf('b', 'in', [1, 2])), leaf('c', '!=', null)),
    ],
    ['of JSON', '[["a", "=", true], ["b", "ilike", "x\\"y"]]', and(leaf('a', '=', true), leaf('b', 'ilike', 'x"y'))],
    ['of a tuple of terms', "(('a', '=', 1),)", a],
    [
      'as deep as the limits allow',
      `${"[('x', 'any', ".repeat(32)}[('a', 'in', [1])]${')]'.repeat(32)}`,
      Array.from({ length: 32 }).reduce<Domain>((inner) => any('x', inner), leaf('a', 'in', [1])),
    ],
  ])('%s', (_, text, domain) => {
    expect(parseDomainText(text)).toStrictEqual(domain)
  })

  test.each<[name: string, text: string]>([
    ['a variable', "[('user_id', '=', uid)]"],
    ['a call', "[('date', '<', context_today())]"],
    ['code', '__import__("os").system("touch /tmp/x")'],
    ['code in a value', "[('a', '=', [].__class__)]"],
    ['a comprehension', "[('a', '=', x) for x in (1, 2)]"],
    ['arithmetic', "[('a', '=', 9**9**9)]"],
    ['concatenated lists', '[] + []'],
    ['nothing', ''],
  ])('with %s is refused, with the place', (_, text) => {
    const error = refusal(() => parseDomainText(text))
    expect(error.reason).toBe('malformed')
    expect(error.position).toEqual(expect.any(Number))
  })

  test('that is too long is refused before it is read', () => {
    expect(refusal(() => parseDomainText(' '.repeat(16_385))).reason).toBe('too_long')
  })
})
