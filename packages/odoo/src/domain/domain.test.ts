import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  and,
  DOMAIN_OPERATORS,
  type Domain,
  DomainError,
  type DomainLimits,
  type DomainOperator,
  type DomainScalar,
  everything,
  leaf,
  not,
  nothing,
  or,
  parseDomain,
  parseDomainText,
  printDomain,
  walkLeaves,
} from './index.ts'
import { A, a, any, B, b, C, c } from './testing/domain-parts.ts'

describe('the printer', () => {
  test.each<[name: string, domain: Domain, wire: unknown]>([
    ['everything', everything, [[1, '=', 1]]],
    ['nothing', nothing, [[0, '=', 1]]],
    ['a term', leaf('a.b', '=', null), [['a.b', '=', null]]],
    ['three terms with explicit &', and(a, b, c), ['&', '&', A, B, C]],
    ['| under &', and(or(a, b), c), ['&', '|', A, B, C]],
    ['!', not(and(a, b)), ['!', '&', A, B]],
    ['not any', any('x', or(a, b), true), [['x', 'not any', ['|', A, B]]]],
    ['a hand-made & without operands', { kind: 'and', operands: [] }, [[1, '=', 1]]],
    ['a hand-made | without operands', { kind: 'or', operands: [] }, [[0, '=', 1]]],
  ])('writes %s', (_, domain, wire) => {
    expect(printDomain(domain)).toStrictEqual(wire)
  })

  test('a user cannot break out of the domain that is ANDed to his', () => {
    const user = parseDomain(['|', A, B])
    expect(printDomain(and(user, c))).toStrictEqual(['&', '|', A, B, C])
  })
})

describe('the constructors', () => {
  test('flatten, and drop only what is neutral', () => {
    expect(and(and(a, b), everything, c)).toStrictEqual({ kind: 'and', operands: [a, b, c] })
    expect(or(or(a, b), nothing, c)).toStrictEqual({ kind: 'or', operands: [a, b, c] })
    expect(and()).toBe(everything)
    expect(or()).toBe(nothing)
    expect(and(a)).toBe(a)
    expect(and(nothing, a)).toStrictEqual({ kind: 'and', operands: [nothing, a] })
  })
})

test('walkLeaves tells every field, with its whole path from the filtered model', () => {
  const domain = parseDomain([
    '|',
    ['a.b', '=', 1],
    '!',
    [
      'x.y',
      'any',
      [
        ['c', '=', 2],
        ['z', 'any', [['d', '=', 3]]],
      ],
    ],
  ])
  expect([...walkLeaves(domain)].map(({ term, path, within }) => [term.kind, path.join('.'), within.length])).toEqual([
    ['leaf', 'a.b', 0],
    ['any', 'x.y', 0],
    ['leaf', 'x.y.c', 1],
    ['any', 'x.y.z', 1],
    ['leaf', 'x.y.z.d', 2],
  ])
})

describe('properties', () => {
  const scalar: fc.Arbitrary<DomainScalar> = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    fc.integer(),
    fc.double({ noNaN: true, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
  )
  const path = fc.array(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), { minLength: 1, maxLength: 3 })
  const term = fc.oneof(
    ...Object.entries(DOMAIN_OPERATORS).map(([operator, { values }]) => {
      const one = operator === '=' || operator === '!=' || values === 'scalar'
      const value = one
        ? scalar
        : values === 'list'
          ? fc.array(scalar, { maxLength: 4 })
          : fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }))
      return fc.record({
        kind: fc.constant('leaf' as const),
        path,
        operator: fc.constant(operator as DomainOperator),
        value,
      })
    }),
  )
  const { domain } = fc.letrec<{ domain: Domain }>((tie) => ({
    domain: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      term,
      fc.constantFrom(everything, nothing),
      fc.array(tie('domain'), { maxLength: 4 }).map((operands) => and(...operands)),
      fc.array(tie('domain'), { maxLength: 4 }).map((operands) => or(...operands)),
      tie('domain').map(not),
      fc.record({ kind: fc.constant('any' as const), path, negated: fc.boolean(), domain: tie('domain') }),
    ),
  }))
  const roomy: DomainLimits = { termsMax: 10_000, depthMax: 100, lengthMax: 10_000_000, valuesMax: 1_000_000 }

  test('parsing what was printed gives the same domain, as a value and as a text', () => {
    fc.assert(
      fc.property(domain, (tree) => {
        const wire = printDomain(tree)
        expect(parseDomain(wire, roomy)).toEqual(tree)
        expect(parseDomainText(JSON.stringify(wire), roomy)).toEqual(tree)
      }),
      { numRuns: 500 },
    )
  })

  test('a printed domain is one operand: a neighbour stays a neighbour', () => {
    fc.assert(
      fc.property(domain, domain, (left, right) => {
        expect(parseDomain(['|', ...printDomain(left), ...printDomain(right)], roomy)).toEqual(or(left, right))
      }),
    )
  })

  test('throws nothing but DomainError, whatever the value, and keeps its limits', () => {
    const token = fc.oneof(
      fc.constantFrom('&', '|', '!', 'any', '='),
      fc.tuple(fc.string(), fc.constantFrom('=', 'in', 'any', 'not any', 'ilike', 'x'), fc.anything()),
      fc.tuple(fc.constant('a'), fc.constant('any'), fc.array(fc.constantFrom('!', '|', A, B))),
      fc.constantFrom(A, B, C),
      fc.anything(),
    )
    const limits = { depthMax: 3, termsMax: 6 }
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(token)), (value) => {
        try {
          const tree = parseDomain(value, limits)
          expect([...walkLeaves(tree)].length).toBeLessThanOrEqual(limits.termsMax)
          expect(depthOf(tree)).toBeLessThanOrEqual(limits.depthMax)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

/** The levels of a tree, counted anew and not as the parser counts them. */
function depthOf(domain: Domain): number {
  if (domain.kind === 'and' || domain.kind === 'or') return 1 + Math.max(...domain.operands.map(depthOf))
  if (domain.kind === 'not') return 1 + depthOf(domain.operand)
  return domain.kind === 'any' ? 1 + depthOf(domain.domain) : 0
}
