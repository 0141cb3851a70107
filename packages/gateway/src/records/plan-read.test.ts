import { parseDomain, printDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import type { ExposureSetting } from '../policy/policy.fixture.ts'
import { planList, planOne } from './plan-read.ts'
import { ODOO_16, ODOO_18, planningOf } from './planning.fixture.ts'
import type { PlanFacts } from './planning.ts'
import type { ListPlan } from './read-plan.ts'
import type { ListRequest } from './request.ts'
import { fieldNamesOf, specificationOf } from './specification.ts'

const PARTNER = { model: 'res.partner', verbs: ['read'] }
const COUNTRY = { model: 'res.country', verbs: ['read'] }
const EU_COUNTRY = { ...COUNTRY, forcedDomain: [['code', '=', 'BE']] }
const BANK = { model: 'res.partner.bank', verbs: ['read'] }

function pageOf(
  request: Partial<ListRequest>,
  exposures: readonly ExposureSetting[] = [PARTNER, COUNTRY, BANK],
  facts: PlanFacts = ODOO_18,
): ListPlan {
  const result = planList(planningOf(exposures, facts), { model: 'res.partner', ...request })
  if (result.kind === 'missing') throw new Error(`A fact is missing: ${JSON.stringify(result.fact)}`)
  return result.plan
}

describe('the domain of a page', () => {
  const own = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }

  test('without anything: everything', () => {
    expect(printDomain(pageOf({}).domain)).toEqual([[1, '=', 1]])
  })

  test.each<[string, Partial<ListRequest>, unknown[]]>([
    ['the forced domain alone', {}, [['company_id', '=', 1]]],
    [
      'a caller’s `|` stays inside its brackets',
      { domain: parseDomain(['|', ['name', '=', 'a'], ['name', '=', 'b']]) },
      ['&', ['company_id', '=', 1], '|', ['name', '=', 'a'], ['name', '=', 'b']],
    ],
    [
      'a caller’s “everything or” stays inside its brackets',
      { domain: parseDomain(['|', [1, '=', 1], ['company_id', '=', 2]]) },
      ['&', ['company_id', '=', 1], '|', [1, '=', 1], ['company_id', '=', 2]],
    ],
    [
      'a caller’s `!` stays inside its brackets',
      { domain: parseDomain(['!', ['company_id', '=', 1]]) },
      ['&', ['company_id', '=', 1], '!', ['company_id', '=', 1]],
    ],
    ['ids', { ids: [3, 4] }, ['&', ['company_id', '=', 1], ['id', 'in', [3, 4]]]],
  ])('with a forced domain: %s', (_, request, expected) => {
    expect(printDomain(pageOf(request, [own]).domain)).toEqual(expected)
  })
})

describe('order', () => {
  test.each([
    [undefined, 'id'],
    ['', 'id'],
    ['name', 'name, id'],
    ['name desc, id desc', 'name desc, id desc'],
    [' name ', 'name, id'],
    ['name DESC NULLS LAST', 'name desc nulls last, id'],
    ['name asc, color desc', 'name, color desc, id'],
    ['country_id', 'country_id, id'],
  ])('%j is sent as %j: always stable', (order, sent) => {
    expect(pageOf(order === undefined ? {} : { order }).order).toBe(sent)
  })

  test.each(['name,', ',', 'name up', 'name desc asc', 'name nulls', 'name.id', '1', 'name--', 'n'.repeat(2000)])(
    '%j is refused',
    (order) => {
      expect(() => pageOf({ order })).toThrow(expect.objectContaining({ code: 'order.malformed', status: 400 }))
    },
  )
})

describe('paging', () => {
  test.each<[Partial<ListRequest>, Pick<ListPlan, 'limit' | 'offset' | 'limitCapped'>]>([
    [{}, { limit: 80, offset: 0, limitCapped: undefined }],
    [
      { limit: 1, offset: 7 },
      { limit: 1, offset: 7, limitCapped: undefined },
    ],
    [{ limit: 500 }, { limit: 500, offset: 0, limitCapped: undefined }],
    [{ limit: 501 }, { limit: 500, offset: 0, limitCapped: 500 }],
    [
      { limit: 10, page: 1 },
      { limit: 10, offset: 0, limitCapped: undefined },
    ],
    [
      { limit: 10, page: 3 },
      { limit: 10, offset: 20, limitCapped: undefined },
    ],
    // The pages of a capped limit follow each other without holes.
    [
      { limit: 10_000, page: 3 },
      { limit: 500, offset: 1000, limitCapped: 500 },
    ],
  ])('%j gives %j', (request, expected) => {
    expect(pageOf(request)).toMatchObject(expected)
  })

  test('an exposure may have a lower limit, also for those who name none', () => {
    const exposures = [{ ...PARTNER, limitMax: 50 }]
    expect(pageOf({}, exposures)).toMatchObject({ limit: 50, limitCapped: undefined })
    expect(pageOf({ limit: 51 }, exposures)).toMatchObject({ limit: 50, limitCapped: 50 })
  })

  test.each<Partial<ListRequest>>([
    { limit: 0 },
    { limit: -1 },
    { limit: 1.5 },
    { limit: Number.NaN },
    { offset: -1 },
    { page: 0 },
    { page: -1 },
    { limit: 500, page: 1e9 },
  ])('%j is refused', (request) => {
    expect(() => pageOf(request)).toThrow(expect.objectContaining({ code: 'paging.malformed', status: 400 }))
  })
})

describe('fields', () => {
  test('without fields: the default ones, binary and x2many left out', () => {
    const names = fieldNamesOf(pageOf({}).node)
    expect(names.slice(0, 3)).toEqual(['id', 'display_name', 'create_uid'])
    expect(names).toContain('country_id')
    expect(names).not.toContain('image_128')
    expect(names).not.toContain('child_ids')
    expect(names).not.toContain('contact_address')
  })

  test('what is asked comes in the order asked, once, `id` not as a column', () => {
    expect(fieldNamesOf(pageOf({ fields: ['email', 'id', 'name', 'image_128', 'child_ids', 'email'] }).node)).toEqual([
      'id',
      'email',
      'name',
      'image_128',
      'child_ids',
    ])
  })

  test('an empty list is ids alone', () => {
    expect(fieldNamesOf(pageOf({ fields: [] }).node)).toEqual(['id'])
  })

  test('a relation in `expand` stands where `fields` has it, else at the end', () => {
    const expand = { country_id: { fields: ['code'] }, bank_ids: { fields: ['acc_number'] } }
    expect(fieldNamesOf(pageOf({ fields: ['bank_ids', 'name'], expand }).node)).toEqual([
      'id',
      'bank_ids',
      'name',
      'country_id',
    ])
  })
})

describe('relations', () => {
  const expand = {
    country_id: { fields: ['code', 'currency_id'] },
    child_ids: { fields: ['name'], limit: 3, order: 'name desc', expand: { country_id: { fields: ['id'] } } },
  }

  test('17 and on: one specification with everything in it', () => {
    expect(specificationOf(pageOf({ fields: ['name', 'parent_id', 'bank_ids'], expand }).node)).toEqual({
      name: {},
      parent_id: { fields: { display_name: {} } },
      bank_ids: {},
      country_id: { fields: { code: {}, currency_id: { fields: { display_name: {} } } } },
      child_ids: { fields: { name: {}, country_id: { fields: {} } }, limit: 3, order: 'name desc, id' },
    })
  })

  test('an x2many is bounded by the limit of its own exposure, with and without a limit asked', () => {
    const limitOf = (limit: number | undefined, bank: ExposureSetting) => {
      const expand = { bank_ids: { fields: ['acc_number'], ...(limit === undefined ? {} : { limit }) } }
      return specificationOf(pageOf({ fields: [], expand }, [PARTNER, bank]).node).bank_ids?.limit
    }
    expect([undefined, 3, 9999].map((limit) => limitOf(limit, BANK))).toEqual([500, 3, 500])
    expect([undefined, 3, 9999].map((limit) => limitOf(limit, { ...BANK, limitMax: 20 }))).toEqual([20, 3, 20])
  })

  test('before 17, and where a forced domain leaves records out, a relation is read in a call of its own', () => {
    const how = (exposures: readonly ExposureSetting[], facts: PlanFacts) =>
      pageOf({ fields: [], expand: { country_id: { fields: ['name'] } } }, exposures, facts).node.columns
    expect(how([PARTNER, COUNTRY], ODOO_18)).toMatchObject([{ how: 'nested' }])
    expect(how([PARTNER, COUNTRY], ODOO_16)).toMatchObject([{ how: 'batched', filter: { kind: 'true' } }])
    expect(how([PARTNER, EU_COUNTRY], ODOO_18)).toMatchObject([
      { how: 'batched', filter: { kind: 'leaf', value: 'BE' } },
    ])
  })

  test('a batch finds archived records, too, for they are known by their ids', () => {
    const { columns } = pageOf({ fields: [], expand: { parent_id: { fields: ['name'] } } }, [PARTNER], ODOO_16).node
    expect(columns).toMatchObject([{ filter: { path: ['active'], operator: 'in', value: [true, false] } }])
  })

  test('names of records are guarded only where the model has a forced domain, on every level', () => {
    const request = { fields: ['country_id', 'user_id'], expand: { child_ids: { fields: ['country_id'] } } }
    expect([...pageOf(request).guards]).toEqual([])
    const guarded = pageOf(request, [PARTNER, EU_COUNTRY])
    expect([...guarded.guards].map(([model, domain]) => [model, printDomain(domain)])).toEqual([
      ['res.country', [['code', '=', 'BE']]],
    ])
    expect(guarded.node.columns).toMatchObject([
      { name: 'country_id', guardedModel: 'res.country' },
      { name: 'user_id', guardedModel: undefined },
      { node: { columns: [{ name: 'country_id', guardedModel: 'res.country' }] } },
    ])
  })

  test.each([
    ['a limit on a many2one', { country_id: { fields: [], limit: 3 } }, 'expand.malformed'],
    ['an order on a many2one', { country_id: { fields: [], order: 'id' } }, 'expand.malformed'],
    ['a limit of 0', { child_ids: { fields: [], limit: 0 } }, 'paging.malformed'],
    ['a field that does not exist', { nope: { fields: [] } }, 'field.unknown'],
  ])('%s is refused', (_, relations, code) => {
    expect(() => pageOf({ fields: [], expand: relations })).toThrow(expect.objectContaining({ code, status: 400 }))
  })
})

describe('the context', () => {
  test('is written key by key, in Odoo’s spelling', () => {
    const context = {
      lang: 'fr_BE',
      tz: 'Europe/Brussels',
      allowedCompanyIds: [2, 1],
      activeTest: false,
      binSize: true,
    }
    const smuggled = { ...context, default_name: 'x', sudo: true }
    expect(pageOf({ context: smuggled }).context).toEqual({
      lang: 'fr_BE',
      tz: 'Europe/Brussels',
      allowed_company_ids: [2, 1],
      active_test: false,
      bin_size: true,
    })
    expect(pageOf({}).context).toEqual({})
  })
})

describe('one record', () => {
  test('is looked for within the forced domain', () => {
    const own = { ...PARTNER, forcedDomain: [['company_id', '=', 1]] }
    const result = planOne(planningOf([own]), { model: 'res.partner', id: 7, fields: ['name'] })
    expect(result).toMatchObject({ kind: 'plan', plan: { ids: [7], rowFilter: { kind: 'leaf', value: 1 } } })
    expect(planOne(planningOf([PARTNER]), { model: 'res.partner', id: 7 })).toMatchObject({
      plan: { rowFilter: undefined },
    })
  })
})

describe('a fact that is missing', () => {
  test('is named, one at a time, and only for models that are exposed', () => {
    const facts = { ...ODOO_18, schemas: new Map() }
    const result = planList(planningOf([PARTNER], facts), { model: 'res.partner' })
    expect(result).toEqual({ kind: 'missing', fact: { kind: 'schema', model: 'res.partner' } })
  })

  test('a model that the API exposes and Odoo does not have is refused like one that is not exposed', () => {
    const facts = { ...ODOO_18, schemas: new Map([['res.partner', undefined]]) }
    expect(() => planList(planningOf([PARTNER], facts), { model: 'res.partner' })).toThrow(
      expect.objectContaining({
        code: 'model.not_exposed',
        message: 'This model is not available through this API.',
      }),
    )
  })
})
