import { type Domain, parseDomain, printDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import type { ExposureSetting } from '../policy/policy.fixture.ts'
import { planDomain } from './plan-domain.ts'
import { ODOO_16, ODOO_18, planningOf } from './planning.fixture.ts'
import { enter, type PlanFacts, type Presearch, planned } from './planning.ts'

const PARTNER = { model: 'res.partner', verbs: ['read'] }
const COUNTRY = { model: 'res.country', verbs: ['read'] }
const EU_COUNTRY = { ...COUNTRY, forcedDomain: [['code', 'in', ['BE', 'FR']]] }
const USERS = { model: 'res.users', verbs: ['read'], readableFields: ['name', 'login'] }
const OWN_USERS = { ...USERS, forcedDomain: [['id', '=', '$uid']] }
const CATEGORY = { model: 'res.partner.category', verbs: ['read'] }

function plan(exposures: readonly ExposureSetting[], domain: unknown, facts: PlanFacts = ODOO_18) {
  const planning = planningOf(exposures, facts)
  return planned(() => planDomain(planning, enter(planning, 'read', 'res.partner'), parseDomain(domain)))
}

function planOf(exposures: readonly ExposureSetting[], domain: unknown): unknown {
  const result = plan(exposures, domain)
  return result.kind === 'plan' ? printDomain(result.plan) : result
}

describe('a domain that only touches what is shown', () => {
  const exposures = [PARTNER, COUNTRY, USERS, CATEGORY]

  test.each<[string, unknown[]]>([
    ['plain fields', ['|', ['name', 'ilike', 'a'], '!', ['active', '=', true]]],
    ['a dotted path', [['country_id.code', '=', 'BE']]],
    ['a path of three steps', [['parent_id.country_id.code', '!=', 'BE']]],
    ['a many2one by id', [['country_id', '=', 20]]],
    ['a many2one that is unset', [['country_id', '=', false]]],
    ['an x2many by ids', [['category_id', 'in', [1, 2]]]],
    ['`any`', [['child_ids', 'any', [['name', 'like', 'x']]]]],
    ['`not any` behind a path', [['parent_id.child_ids', 'any', [['name', '=', 'x']]]]],
    ['`child_of` on the model itself', [['id', 'child_of', [4]]]],
    ['`child_of` through a relation', [['category_id', 'child_of', 5]]],
    ['`parent_of`', [['parent_id', 'parent_of', 26]]],
    ['a relation by name', [['user_id', 'ilike', 'demo']]],
    ['a relation by the names in a list', [['country_id', 'in', ['Belgium', 'France']]]],
    ['everything and nothing', ['|', [1, '=', 1], [0, '=', 1]]],
  ])('%s means what it meant', (_, domain) => {
    const parsed = printDomain(parseDomain(domain))
    const planned = planOf(exposures, domain)
    expect(unfolded(planned)).toEqual(unfolded(parsed))
  })

  test('a relation by id needs no look into the related model', () => {
    expect(planOf([PARTNER], [['country_id', 'in', [1, 2]]])).toEqual([['country_id', 'in', [1, 2]]])
  })
})

describe('a forced domain behind a relation goes inside `any`, so that nothing outside it counts', () => {
  const exposures = [PARTNER, EU_COUNTRY, OWN_USERS, CATEGORY]
  const inEu = ['code', 'in', ['BE', 'FR']]

  test.each<[string, unknown[], unknown[]]>([
    ['a path', [['country_id.name', '=', 'x']], [['country_id', 'any', ['&', inEu, ['name', '=', 'x']]]]],
    [
      'a negative operator',
      [['country_id.name', '!=', 'x']],
      [['country_id', 'any', ['&', inEu, ['name', '!=', 'x']]]],
    ],
    [
      'a negated path',
      ['!', ['country_id.name', '=', 'x']],
      ['!', ['country_id', 'any', ['&', inEu, ['name', '=', 'x']]]],
    ],
    ['`any`', [['country_id', 'any', [['name', '=', 'x']]]], [['country_id', 'any', ['&', inEu, ['name', '=', 'x']]]]],
    [
      '`not any`',
      [['country_id', 'not any', [['name', '=', 'x']]]],
      [['country_id', 'not any', ['&', inEu, ['name', '=', 'x']]]],
    ],
    ['an empty `any`', [['country_id', 'any', []]], [['country_id', 'any', [inEu]]]],
    [
      '`|` inside `any`',
      [['country_id', 'any', ['|', ['name', '=', 'x'], ['name', '=', 'y']]]],
      [['country_id', 'any', ['&', inEu, '|', ['name', '=', 'x'], ['name', '=', 'y']]]],
    ],
    [
      'the last step of a path',
      [['parent_id.country_id.name', '=', 'x']],
      [['parent_id', 'any', [['country_id', 'any', ['&', inEu, ['name', '=', 'x']]]]]],
    ],
    [
      'a domain for each caller',
      [['user_id.login', '=', 'admin']],
      [['user_id', 'any', ['&', ['id', '=', 6], ['login', '=', 'admin']]]],
    ],
    ['a relation by id stays as it is', [['country_id', '!=', 20]], [['country_id', '!=', 20]]],
  ])('%s', (_, domain, expected) => {
    expect(planOf(exposures, domain)).toEqual(expected)
  })

  test('the forced domain of the model itself goes into every hop back to it', () => {
    const own = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }
    expect(planOf([own], [['child_ids.name', '=', 'x']])).toEqual([
      ['child_ids', 'any', ['&', ['company_id', '=', 1], ['name', '=', 'x']]],
    ])
  })
})

describe('a name in a model with a forced domain is looked up beforehand, within the domain', () => {
  const exposures = [PARTNER, EU_COUNTRY, OWN_USERS]
  const found = (presearches: Readonly<Record<string, readonly number[] | 'too_many'>>): PlanFacts => ({
    ...ODOO_18,
    presearches: new Map(Object.entries(presearches)),
  })

  function presearchOf(domain: unknown, facts: PlanFacts = ODOO_18): Presearch {
    const result = plan(exposures, domain, facts)
    if (result.kind !== 'missing' || result.fact.kind !== 'presearch')
      throw new Error('Nothing is searched beforehand.')
    return result.fact.presearch
  }

  test.each<[string, unknown, string, string]>([
    ['ilike', 'bel', 'ilike', 'in'],
    ['not ilike', 'bel', 'ilike', 'not in'],
    ['=', 'Belgium', '=', 'in'],
    ['!=', 'Belgium', '=', 'not in'],
    ['=like', 'B%', '=like', 'in'],
  ])('%s becomes a search by name and `in` or `not in`', (operator, value, nameOperator, expected) => {
    const presearch = presearchOf([['country_id', operator, value]])
    expect(presearch).toMatchObject({ model: 'res.country', name: { operator: nameOperator, text: value } })
    expect(printDomain(presearch.domain)).toEqual([['code', 'in', ['BE', 'FR']]])
    const result = plan(exposures, [['country_id', operator, value]], found({ [presearch.key]: [20] }))
    expect(result.kind === 'plan' && printDomain(result.plan)).toEqual([['country_id', expected, [20]]])
  })

  test('a list of names is one search each, and their ids together', () => {
    const domain = [['country_id', 'in', ['Belgium', 'France']]]
    const first = presearchOf(domain)
    const second = presearchOf(domain, found({ [first.key]: [20] }))
    expect([first.name?.text, second.name?.text]).toEqual(['Belgium', 'France'])
    const result = plan(exposures, domain, found({ [first.key]: [20], [second.key]: [75, 20] }))
    expect(result.kind === 'plan' && printDomain(result.plan)).toEqual([['country_id', 'in', [20, 75]]])
  })

  test('a name that matches too many records is refused', () => {
    const { key } = presearchOf([['country_id', 'ilike', 'a']])
    expect(() => plan(exposures, [['country_id', 'ilike', 'a']], found({ [key]: 'too_many' }))).toThrow(
      expect.objectContaining({ code: 'domain.too_wide', status: 400 }),
    )
  })

  test('equal searches are one, different ones are two', () => {
    const key = (domain: unknown) => presearchOf(domain).key
    expect(key([['country_id', 'ilike', 'a']])).toBe(key([['parent_id.country_id', 'ilike', 'a']]))
    expect(key([['country_id', 'ilike', 'a']])).not.toBe(key([['country_id', 'like', 'a']]))
    expect(key([['country_id', 'ilike', 'a']])).not.toBe(key([['country_id', 'ilike', 'b']]))
  })
})

describe('Odoo before 17 has no `any`', () => {
  const exposures = [PARTNER, EU_COUNTRY, CATEGORY]

  test.each<[string, unknown, string, unknown, unknown]>([
    [
      'a path into a forced domain',
      [['country_id.name', '=', 'x']],
      'res.country',
      ['&', ['code', 'in', ['BE', 'FR']], ['name', '=', 'x']],
      [['country_id', 'in', [20]]],
    ],
    [
      '`any`',
      [['category_id', 'any', [['name', '=', 'x']]]],
      'res.partner.category',
      [['name', '=', 'x']],
      [['category_id', 'in', [20]]],
    ],
    [
      '`not any`',
      [['category_id', 'not any', [['name', '=', 'x']]]],
      'res.partner.category',
      [['name', '=', 'x']],
      [['category_id', 'not in', [20]]],
    ],
  ])('%s becomes ids that were searched beforehand', (_, domain, model, searched, expected) => {
    const first = plan(exposures, domain, ODOO_16)
    if (first.kind !== 'missing' || first.fact.kind !== 'presearch') throw new Error('Nothing is searched beforehand.')
    const { presearch } = first.fact
    expect(presearch.model).toBe(model)
    expect(printDomain(presearch.domain)).toEqual(searched)
    const second = plan(exposures, domain, { ...ODOO_16, presearches: new Map([[presearch.key, [20]]]) })
    expect(second.kind === 'plan' && printDomain(second.plan)).toEqual(expected)
  })

  test('a path through models without a forced domain needs no search', () => {
    expect(plan([PARTNER, COUNTRY], [['country_id.code', '=', 'BE']], ODOO_16)).toMatchObject({ kind: 'plan' })
  })
})

/** `[a.b any D]` and `[a any [b any D]]` are one: the planner may write either. */
function unfolded(domain: unknown): unknown {
  return JSON.stringify(expandPaths(parseDomain(domain)))
}

function expandPaths(domain: Domain): Domain {
  switch (domain.kind) {
    case 'leaf':
    case 'any': {
      const [step = '', ...rest] = domain.path
      if (rest.length > 0) {
        const inner = expandPaths({ ...domain, path: rest })
        return { kind: 'any', path: [step], negated: false, domain: inner }
      }
      return domain.kind === 'leaf' ? domain : { ...domain, domain: expandPaths(domain.domain) }
    }
    case 'not':
      return { ...domain, operand: expandPaths(domain.operand) }
    case 'and':
    case 'or':
      return { ...domain, operands: domain.operands.map(expandPaths) }
    default:
      return domain
  }
}
