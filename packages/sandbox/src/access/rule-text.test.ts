import { describe, expect, test } from 'vitest'
import { readRuleText } from './rule-text.ts'

const NAMED: Readonly<Record<string, unknown>> = { 'user.id': 6, company_ids: [1, 2] }
const read = (text: string): unknown => readRuleText(text)((name) => NAMED[name])

describe('the text of a record rule', () => {
  test.each([
    ['nothing', '[]', []],
    ['a comparison', "[('user_id', '=', user.id)]", [['user_id', '=', 6]]],
    ['text in either quotes', `[("a", 'b', "it's")]`, [['a', 'b', "it's"]]],
    ['constants', '[(1, "=", True), False, None, -2.5]', [[1, '=', true], false, null, -2.5]],
    ['lists that are added', "[('c', 'in', company_ids + [False])]", [['c', 'in', [1, 2, false]]]],
    ['brackets around one value', "[('c', 'in', (user.id))]", [['c', 'in', 6]]],
    ['a tuple of one', "[('c', 'in', (user.id,))]", [['c', 'in', [6]]]],
    ['an empty tuple', '()', []],
    ['lines and remarks', "[\n  '|', # or\n  ('a', '=', 1),\n]", ['|', ['a', '=', 1]]],
    ['a domain in a domain', "[('c', 'any', [('d', '=', 1)])]", [['c', 'any', [['d', '=', 1]]]]],
  ])('reads %s', (_name, text, value) => {
    expect(read(text)).toEqual(value)
  })

  test.each([
    ['a call', '[("a", "=", user.has_group("x"))]'],
    ['what is no Python', '[$]'],
    ['a list without an end', '["a"'],
    ['what comes behind', '[] []'],
    ['an operator', '[1 if user.id else 2]'],
    ['nothing at all', ''],
  ])('does not read %s', (_name, text) => {
    expect(() => read(text)).toThrow(SyntaxError)
  })

  test('adds nothing but lists', () => {
    expect(() => read('[1] + user.id')).toThrow('adds what is no list')
  })
})
