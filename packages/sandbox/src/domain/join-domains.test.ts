import { describe, expect, test } from 'vitest'
import { domain18, domain19 } from '../version/domain-dialect.ts'
import { joinDomains } from './join-domains.ts'

const [a, b, c] = [
  ['a', '=', 1],
  ['b', '=', 2],
  ['c', '=', 3],
]
const truth = [1, '=', 1]

describe('domains joined by AND', () => {
  test.each([
    ['none', [[], []], [], [truth]],
    ['one', [[], [a]], [a], [a]],
    ['two', [[a], [b]], ['&', a, b], ['&', a, b]],
    ['a list without operators', [[a, b], [c]], ['&', '&', a, b, c], ['&', '&', a, b, c]],
    ['a conjunction behind', [[a], ['&', b, c]], ['&', a, '&', b, c], ['&', '&', a, b, c]],
    ['a choice', [['|', a, b], [c]], ['&', '|', a, b, c], ['&', '|', a, b, c]],
    ['a denial', [['!', a], [c]], ['&', '!', a, c], ['&', ['a', '!=', 1], c]],
    ['what always holds', [[truth], [c]], [c], [c]],
    ['nothing inside any', [[['p', 'not any', []]]], [['p', 'not any', [truth]]], [['p', 'not any', []]]],
  ])('%s', (_case, domains, until18, since19) => {
    expect(joinDomains(domains, domain18)).toEqual(until18)
    expect(joinDomains(domains, domain19)).toEqual(since19)
  })

  test('a hundred thousand operators in front need no stack', () => {
    const long = [...Array(100_000).fill('&'), ...Array(100_001).fill(a)]
    expect(joinDomains([long, [b]], domain19)).toHaveLength(200_003)
  })
})
