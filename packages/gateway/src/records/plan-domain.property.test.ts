import { and, type Domain, type DomainLeaf, everything, parseDomain, printDomain } from '@odoo-gatehouse/odoo/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { planDomain } from './plan-domain.ts'
import { planList } from './plan-read.ts'
import { planningOf, SCHEMAS } from './planning.fixture.ts'
import { enter, planned } from './planning.ts'

/** Contacts of one company without their tax numbers, and the countries among which they may be. */
const FORCED: Readonly<Record<string, Domain>> = {
  'res.partner': parseDomain([['company_id', '=', 1]]),
  'res.country': parseDomain(['|', ['code', '=', 'BE'], ['code', '=', 'FR']]),
}
const READABLE: Readonly<Record<string, readonly string[]>> = {
  'res.partner': ['id', 'display_name', 'name', 'color', 'parent_id', 'child_ids', 'country_id', 'category_id'],
  'res.country': ['id', 'display_name', 'name'],
  'res.partner.category': ['id', 'display_name', 'name', 'partner_ids'],
}
const PLANNING = planningOf(
  Object.entries(READABLE).map(([model, readableFields]) => ({
    model,
    verbs: ['read'],
    readableFields,
    ...(FORCED[model] === undefined ? {} : { forcedDomain: printDomain(FORCED[model]) }),
  })),
)

/** Fields that a caller might name, forbidden ones among them. */
const STEPS = [
  'name',
  'color',
  'vat',
  'code',
  'company_id',
  'parent_id',
  'child_ids',
  'country_id',
  'category_id',
  'partner_ids',
]

const path = fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'))
const value = fc.constantFrom<string | number | boolean>('a', 'b', 1, 2, 3, false)
const term = fc.oneof(
  fc.tuple(path, fc.constantFrom('=', '!=', '<', 'ilike', 'not ilike', 'child_of'), value),
  fc.tuple(path, fc.constantFrom('in', 'not in'), fc.array(value, { maxLength: 3 })),
)
const { domain } = fc.letrec<{ domain: unknown[]; operand: unknown[] }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3 },
    term.map((leaf) => [leaf]),
    fc.tuple(tie('operand'), tie('operand')).map(([left, right]) => ['|', ...left, ...right]),
    fc.tuple(tie('operand'), tie('operand')).map(([left, right]) => ['&', ...left, ...right]),
    tie('operand').map((operand) => ['!', ...operand]),
    fc.tuple(path, fc.constantFrom('any', 'not any'), tie('domain')).map((any) => [any]),
  ),
  domain: fc.array(tie('operand'), { maxLength: 3 }).map((operands) => operands.flat()),
}))

/** The plan of a domain, or undefined where the planner refuses it or would have to search beforehand. */
function planOf(source: unknown[]): Domain | undefined {
  try {
    const result = planned(() => planDomain(PLANNING, enter(PLANNING, 'read', 'res.partner'), parseDomain(source)))
    return result.kind === 'plan' ? result.plan : undefined
  } catch (error) {
    if (error instanceof GatehouseError) return undefined
    throw error
  }
}

describe('whatever domain a caller sends', () => {
  test('the planner refuses it with an error of ours, or plans it', () => {
    let planned = 0
    fc.assert(
      fc.property(domain, (source) => {
        if (planOf(source) !== undefined) planned += 1
      }),
      { numRuns: 2000 },
    )
    // Else the other properties would hold for nothing.
    expect(planned).toBeGreaterThan(200)
  })

  test('a page is filtered by the forced domain AND what the caller sent, as one operand each', () => {
    fc.assert(
      fc.property(domain, (source) => {
        const filter = planOf(source)
        fc.pre(filter !== undefined)
        const page = planList(PLANNING, { model: 'res.partner', domain: parseDomain(source) })
        const forced = FORCED['res.partner'] ?? everything
        expect(page.kind === 'plan' && printDomain(page.plan.domain)).toEqual(
          printDomain(and(forced, filter ?? everything)),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('every field in the plan is readable where it stands, and every hop has the forced domain of its model', () => {
    fc.assert(
      fc.property(domain, (source) => {
        const filter = planOf(source)
        fc.pre(filter !== undefined)
        expect(faultsOf(filter ?? everything, 'res.partner')).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('which records are found never depends on what the caller may not read', () => {
    fc.assert(
      fc.property(domain, fc.infiniteStream(fc.nat(2)), (source, choices) => {
        const filter = planOf(source)
        fc.pre(filter !== undefined)
        const found = (world: World) =>
          idsMatching(and(FORCED['res.partner'] ?? everything, filter ?? everything), world)
        expect(found(withOtherSecrets(WORLD, () => choices.next().value ?? 0))).toEqual(found(WORLD))
      }),
      { numRuns: 3000 },
    )
  })
})

/** What is wrong with a planned domain, looked at from outside the planner. */
function faultsOf(filter: Domain, model: string): readonly string[] {
  switch (filter.kind) {
    case 'true':
    case 'false':
      return []
    case 'not':
      return faultsOf(filter.operand, model)
    case 'and':
    case 'or':
      return filter.operands.flatMap((operand) => faultsOf(operand, model))
    case 'leaf':
    case 'any': {
      const [step = '', ...rest] = filter.path
      if (!READABLE[model]?.includes(step)) return [`${model}.${step} is not readable`]
      if (filter.kind === 'leaf' && rest.length === 0) return []
      const target = relationOf(model, step)
      if (rest.length > 0) {
        const open = FORCED[target] === undefined ? [] : [`a path goes through ${target}`]
        return [...open, ...faultsOf({ ...filter, path: rest }, target)]
      }
      const inner = filter.kind === 'any' ? filter.domain : everything
      const forced = FORCED[target]
      if (forced === undefined) return faultsOf(inner, target)
      const [first, ...others] = inner.kind === 'and' ? inner.operands : [inner]
      const isBound = first !== undefined && JSON.stringify(first) === JSON.stringify(forced)
      return isBound ? others.flatMap((operand) => faultsOf(operand, target)) : [`${target} is not bound`]
    }
  }
}

function relationOf(model: string, field: string): string {
  return SCHEMAS.get(model)?.fields.get(field)?.relation ?? 'no model'
}

type Value = string | number | boolean | readonly number[]
type World = Readonly<Record<string, ReadonlyMap<number, Readonly<Record<string, Value>>>>>

const WORLD: World = {
  'res.partner': new Map([
    [
      1,
      {
        name: 'a',
        color: 1,
        vat: 'a',
        company_id: 1,
        parent_id: false,
        child_ids: [2, 3],
        country_id: 1,
        category_id: [1],
      },
    ],
    [2, { name: 'b', color: 2, vat: 'b', company_id: 1, parent_id: 1, child_ids: [], country_id: 3, category_id: [] }],
    [
      3,
      { name: 'a', color: 3, vat: 'a', company_id: 2, parent_id: 1, child_ids: [1], country_id: 1, category_id: [2] },
    ],
    [
      4,
      {
        name: 'b',
        color: 1,
        vat: 'b',
        company_id: 2,
        parent_id: 3,
        child_ids: [2],
        country_id: 2,
        category_id: [1, 2],
      },
    ],
    [
      5,
      {
        name: 'a',
        color: 2,
        vat: 'b',
        company_id: 1,
        parent_id: 4,
        child_ids: [4, 1],
        country_id: 2,
        category_id: [2],
      },
    ],
  ]),
  'res.country': new Map([
    [1, { name: 'a', code: 'BE' }],
    [2, { name: 'b', code: 'FR' }],
    [3, { name: 'a', code: 'US' }],
  ]),
  'res.partner.category': new Map([
    [1, { name: 'a', partner_ids: [1, 4] }],
    [2, { name: 'b', partner_ids: [3, 4, 5] }],
  ]),
}

/** The same world for this caller: other tax numbers, and everything else about contacts and countries out of reach. */
function withOtherSecrets(world: World, choose: () => number): World {
  const partners = [...(world['res.partner'] ?? [])].map(([id, record]): [number, Readonly<Record<string, Value>>] => {
    const vat = ['a', 'b', 'c'][choose()] ?? ''
    if (record.company_id === 1) return [id, { ...record, vat }]
    return [
      id,
      {
        company_id: record.company_id ?? 2,
        vat,
        name: ['a', 'b', 'c'][choose()] ?? '',
        color: choose() + 1,
        parent_id: [1, 3, false][choose()] ?? false,
        child_ids: [[1], [2, 4], []][choose()] ?? [],
        country_id: choose() + 1,
        category_id: [[1], [2], []][choose()] ?? [],
      },
    ]
  })
  const countries = [...(world['res.country'] ?? [])].map(([id, record]): [number, Readonly<Record<string, Value>>] =>
    record.code === 'US' ? [id, { code: 'US', name: ['a', 'b', 'c'][choose()] ?? '' }] : [id, record],
  )
  return { ...world, 'res.partner': new Map(partners), 'res.country': new Map(countries) }
}

function idsMatching(filter: Domain, world: World): readonly number[] {
  return [...(world['res.partner']?.keys() ?? [])].filter((id) => matches(filter, 'res.partner', id, world))
}

/** Odoo's meaning of a domain, as far as this world needs it: a path asks for some related record. */
function matches(filter: Domain, model: string, id: number, world: World): boolean {
  switch (filter.kind) {
    case 'true':
      return true
    case 'false':
      return false
    case 'not':
      return !matches(filter.operand, model, id, world)
    case 'and':
      return filter.operands.every((operand) => matches(operand, model, id, world))
    case 'or':
      return filter.operands.some((operand) => matches(operand, model, id, world))
    case 'leaf':
    case 'any': {
      const [step = '', ...rest] = filter.path
      const stored = world[model]?.get(id)?.[step] ?? false
      const target = relationOf(model, step)
      if (rest.length > 0) return idsOf(stored).some((next) => matches({ ...filter, path: rest }, target, next, world))
      if (filter.kind === 'leaf') return compares(filter, stored)
      return idsOf(stored).some((next) => matches(filter.domain, target, next, world)) !== filter.negated
    }
  }
}

function idsOf(stored: Value): readonly number[] {
  if (typeof stored === 'number') return [stored]
  return typeof stored === 'object' ? stored : []
}

function compares({ operator, value: wanted }: DomainLeaf, stored: Value): boolean {
  const candidates: readonly Value[] = typeof stored === 'object' ? stored : [stored]
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  switch (operator) {
    case '=':
    case 'in':
      return candidates.some((candidate) => list.includes(candidate))
    case '!=':
    case 'not in':
      return !candidates.some((candidate) => list.includes(candidate))
    case 'ilike':
      return candidates.some((candidate) => String(candidate).includes(String(wanted)))
    case 'not ilike':
      return !candidates.some((candidate) => String(candidate).includes(String(wanted)))
    case '<':
      return candidates.some((candidate) => Number(candidate) < Number(wanted))
    default:
      throw new Error(`The world does not know the operator ${operator}.`)
  }
}
