import { describe, expect, test } from 'vitest'
import {
  and,
  DOMAIN_OPERATORS,
  type Domain,
  type DomainErrorReason,
  type DomainLimits,
  type DomainOperator,
  everything,
  leaf,
  not,
  nothing,
  or,
  parseDomain,
  parseDomainText,
} from './index.ts'
import { A, a, any, B, b, C, c, D, d, refusal } from './testing/domain-parts.ts'

describe('the list form is read as Odoo reads it (odoo 18.0 osv/expression.py: normalize_domain)', () => {
  test.each<[name: string, wire: unknown, domain: Domain]>([
    ['an empty list is everything', [], everything],
    ['the true leaf is everything', [[1, '=', 1]], everything],
    ['the false leaf is nothing', [[0, '=', 1]], nothing],
    ['one term', [A], a],
    ['terms side by side are ANDed', [A, B, C], and(a, b, c)],
    ['& takes the next two, the rest is ANDed', ['&', A, B, C], and(a, b, c)],
    ['| takes only the next two', ['|', A, B, C], and(or(a, b), c)],
    ['| binds to what follows it', [A, '|', B, C], and(a, or(b, c))],
    ['| of | is a chain', ['|', '|', A, B, C], or(a, b, c)],
    ['| of & and a term', ['|', '&', A, B, C], or(and(a, b), c)],
    ['| of a term and &', ['|', A, '&', B, C], or(a, and(b, c))],
    ['! takes one', ['!', A, B], and(not(a), b)],
    ['! takes a whole operator', ['!', '|', A, B, C], and(not(or(a, b)), c)],
    ['! inside |', ['|', '!', A, '!', B], or(not(a), not(b))],
    ['! twice is nothing at all', ['!', '!', A], a],
    ['! of everything is nothing', ['!', [1, '=', 1]], nothing],
    ['everything in | keeps its neighbour, so that checks see it', ['|', [1, '=', 1], A], or(everything, a)],
    ['a deep mix', ['|', '&', A, '!', B, '&', '|', C, D, A], or(and(a, not(b)), and(or(c, d), a))],
    ['a dotted path', [['x.y_2.Z', '=', 1]], leaf('x.y_2.Z', '=', 1)],
    ['<> is !=', [['a', '<>', 1]], leaf('a', '!=', 1)],
    ['== is =', [['a', '==', 1]], leaf('a', '=', 1)],
    ['= with a list is in', [['a', '=', [1, 2]]], leaf('a', 'in', [1, 2])],
    ['!= with a list is not in', [['a', '!=', [1]]], leaf('a', 'not in', [1])],
    [
      'in with values of all kinds',
      [['a', 'in', [1, 'x', true, null, 1.5]]],
      leaf('a', 'in', [1, 'x', true, null, 1.5]),
    ],
    ['in with an empty list', [['a', 'in', []]], leaf('a', 'in', [])],
    ['child_of with a text', [['a', 'child_of', 'x']], leaf('a', 'child_of', 'x')],
    ['child_of with a list', [['a', 'child_of', [1]]], leaf('a', 'child_of', [1])],
    ['any', [['a.b', 'any', [A, B]]], any('a.b', and(a, b))],
    ['not any', [['a', 'not any', []]], any('a', everything, true)],
    ['any in any', [['a', 'any', [['b', 'any', [C]]]]], any('a', any('b', c))],
    ['a field named like an operator', [['any', '=', 1]], leaf('any', '=', 1)],
  ])('%s', (_, wire, domain) => {
    expect(parseDomain(wire)).toStrictEqual(domain)
  })

  test.each(Object.keys(DOMAIN_OPERATORS) as DomainOperator[])('the operator %s is known', (operator) => {
    const value = DOMAIN_OPERATORS[operator].values === 'list' ? [1] : 'x'
    expect(parseDomain([['a', operator, value]])).toStrictEqual(leaf('a', operator, value))
  })
})

describe('what is no domain is refused', () => {
  test.each<[name: string, wire: unknown, reason: DomainErrorReason]>([
    ['null', null, 'malformed'],
    ['false', false, 'malformed'],
    ['a text', 'name = 1', 'malformed'],
    ['an object', { name: 'a' }, 'malformed'],
    ['a number as a term', [5], 'malformed'],
    ['a text as a term', ['a'], 'malformed'],
    ['an unknown logical operator', ['^', A, B], 'malformed'],
    ['a term outside a list', ['a', '=', 1], 'malformed'],
    ['a term of two', [['a', '=']], 'malformed'],
    ['a term of four', [['a', '=', 1, 2]], 'malformed'],
    ['a list of lists of terms', [[A]], 'malformed'],
    ['! without an operand', ['!'], 'malformed'],
    ['! at the end', [A, '!'], 'malformed'],
    ['& without operands', ['&'], 'malformed'],
    ['& with one operand', ['&', A], 'malformed'],
    ['| with its operand on the wrong side', [A, '|', B], 'malformed'],
    ['| of & with too few operands', ['|', '&', A, B], 'malformed'],
    ['a path that is a number', [[3, '=', 3]], 'malformed'],
    ['a path that is the number 1 with another operator', [[1, '!=', 1]], 'malformed'],
    ['the true leaf with true instead of 1', [[true, '=', true]], 'malformed'],
    ['an empty path', [['', '=', 1]], 'malformed'],
    ['an empty step', [['a..b', '=', 1]], 'malformed'],
    ['a step with a space', [['a b', '=', 1]], 'malformed'],
    ['a path with SQL', [['a"; DROP TABLE x; --', '=', 1]], 'malformed'],
    ['a path with a call', [['a()', '=', 1]], 'malformed'],
    ['a path that ends in a line break', [['a\n', '=', 1]], 'malformed'],
    ['an unknown operator', [['a', '~', 1]], 'unknown_operator'],
    ['an operator in upper case', [['a', 'IN', [1]]], 'unknown_operator'],
    ['an operator with a space', [['a', '= ', 1]], 'unknown_operator'],
    ['an operator that is an own name of objects', [['a', 'constructor', 1]], 'unknown_operator'],
    ['an operator that carries SQL', [['a', 'inselect', ['select 1', []]]], 'unknown_operator'],
    ['any! of 19, which skips access rules', [['a', 'any!', []]], 'unknown_operator'],
    ['not any! of 19', [['a', 'not any!', []]], 'unknown_operator'],
    ['an operator that is no text', [['a', ['='], 1]], 'unknown_operator'],
    ['in with a number', [['a', 'in', 3]], 'bad_value'],
    ['in with false', [['a', 'in', false]], 'bad_value'],
    ['in with a list in a list', [['a', 'in', [[1]]]], 'bad_value'],
    ['< with a list', [['a', '<', [1]]], 'bad_value'],
    ['ilike with a list', [['a', 'ilike', ['x']]], 'bad_value'],
    ['an object as a value', [['a', '=', { b: 1 }]], 'bad_value'],
    ['no value at all', [['a', '=', undefined]], 'bad_value'],
    ['a number that is not finite', [['a', '=', Number.NaN]], 'bad_value'],
    ['an integer that JSON already rounded', [['a', '=', 2 ** 53]], 'bad_value'],
    ['NUL in a value', [['a', '=', 'x\0']], 'bad_value'],
    ['half of a surrogate pair in a value', [['a', 'in', ['\ud800']]], 'bad_value'],
    ['any with a value that is no domain', [['a', 'any', 1]], 'malformed'],
    ['any with an unknown operator inside', [['a', 'any', [['b', '~', 1]]]], 'unknown_operator'],
  ])('%s', (_, wire, reason) => {
    expect(refusal(() => parseDomain(wire)).reason).toBe(reason)
  })

  test('the sentence names the operator, but no value', () => {
    expect(refusal(() => parseDomain([['a', 'almost', 'topsecret']])).message).toContain("'almost'")
    expect(refusal(() => parseDomain([['a', '<', ['topsecret']]])).message).not.toContain('topsecret')
  })
})

describe('the limits hold', () => {
  const nested = (levels: number): unknown[] => (levels === 0 ? [A] : [['x', 'any', nested(levels - 1)]])
  const alternating = (levels: number): unknown[] =>
    levels === 0 ? [A] : [levels % 2 === 0 ? '&' : '|', B, ...alternating(levels - 1)]

  test.each<[name: string, limits: DomainLimits, fits: unknown, over: unknown, reason: DomainErrorReason]>([
    ['levels of any', { depthMax: 3 }, nested(3), nested(4), 'too_deep'],
    ['levels of & and |', { depthMax: 3 }, alternating(3), alternating(4), 'too_deep'],
    ['levels of ! inside &', { depthMax: 2 }, ['&', A, '!', B], ['&', A, '!', '|', B, C], 'too_deep'],
    ['any inside | counts from outside', { depthMax: 2 }, ['|', A, ...nested(1)], ['|', A, ...nested(2)], 'too_deep'],
    ['an implicit & is a level too', { depthMax: 1 }, [A, B], [A, '|', B, C], 'too_deep'],
    ['steps of a path', { depthMax: 3 }, [['a.b.c', '=', 1]], [['a.b.c.d', '=', 1]], 'too_deep'],
    ['terms', { termsMax: 2 }, [A, B], [A, B, C], 'too_many_terms'],
    ['terms inside any', { termsMax: 3 }, [A, ...nested(1)], [A, B, ...nested(1)], 'too_many_terms'],
    ['negations', { termsMax: 3 }, ['!', '!', A], ['!', '!', '!', A], 'too_many_terms'],
    [
      'values',
      { valuesMax: 3 },
      [['a', 'in', [1, 2, 3]]],
      [
        ['a', 'in', [1, 2]],
        ['b', 'in', [3, 4]],
      ],
      'too_many_terms',
    ],
    ['characters of a text', { lengthMax: 2 }, [['a', '=', 'xx']], [['a', '=', 'xxx']], 'too_long'],
    ['characters of a path', { lengthMax: 2 }, [['aa', '=', 1]], [['aaa', '=', 1]], 'too_long'],
  ])('%s', (_, limits, fits, over, reason) => {
    expect(() => parseDomain(fits, limits)).not.toThrow()
    expect(refusal(() => parseDomain(over, limits)).reason).toBe(reason)
  })

  test('a long chain of | is one level, as Odoo itself writes them', () => {
    const chain = [...Array.from({ length: 150 }, () => '|'), ...Array.from({ length: 151 }, () => A)]
    expect(parseDomain(chain, { depthMax: 1 })).toMatchObject({ kind: 'or' })
  })

  test('20,000 brackets are refused and break no stack, as a text and as a value', () => {
    const limits = { lengthMax: 1_000_000, depthMax: 1_000_000, termsMax: 1_000_000 }
    expect(refusal(() => parseDomainText('['.repeat(20_000), limits)).reason).toBe('too_deep')
    expect(refusal(() => parseDomain(nested(5_000), limits)).reason).toBe('too_deep')
  })
})
