import { printDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../kernel/json.ts'
import { ALL, BANK, change, creation, EU_COUNTRY, OWN_PARTNER, PARTNER } from './plan-write.fixture.ts'
import { planRemove } from './plan-write.ts'
import { planningOf } from './planning.fixture.ts'
import type { IdCheck } from './write-plan.ts'

describe('a forced domain', () => {
  test('supplies its values to a new record, on every level', () => {
    const [row] = creation({ name: 'x', child_ids: [[0, 0, { name: 'y' }]] }, [OWN_PARTNER]).rows
    expect(row).toEqual({
      name: 'x',
      company_id: 1,
      color: 4,
      child_ids: [[0, 0, { name: 'y', company_id: 1, color: 4 }]],
    })
  })

  test('takes the same value from the client', () => {
    expect(creation({ name: 'x', company_id: 1 }, [OWN_PARTNER]).rows).toEqual([{ name: 'x', company_id: 1, color: 4 }])
    expect(change({ company_id: 1 }, [OWN_PARTNER]).values).toEqual({ company_id: 1 })
  })

  test('supplies nothing to records that are changed', () => {
    expect(change({ name: 'x' }, [OWN_PARTNER]).values).toEqual({ name: 'x' })
  })

  test('supplies the caller’s own id', () => {
    const own = { ...PARTNER, forcedDomain: [['user_id', '=', '$uid']] }
    expect(creation({ name: 'x' }, [own], {}, { uid: 9 }).rows).toEqual([{ name: 'x', user_id: 9 }])
    expect(() => creation({ name: 'x', user_id: 8 }, [own], {}, { uid: 9 })).toThrow(
      expect.objectContaining({ code: 'domain.leaves_forced', status: 403 }),
    )
  })

  test.each([
    ['an id', [['id', '=', 5]]],
    ['an x2many', [['category_id', '=', 5]]],
    ['a name in place of an id', [['country_id', '=', 'Belgium']]],
    ['a field that the user does not see', [['hidden', '=', 5]]],
  ])('of %s cannot be supplied, so nothing can be created', (_, forcedDomain) => {
    expect(() => creation({ name: 'x' }, [{ ...PARTNER, forcedDomain }])).toThrow(
      expect.objectContaining({ code: 'domain.create_refused', status: 403 }),
    )
  })

  test('has the ids of the call inside it, and those in values and commands, one search for each model', () => {
    const checks = change(
      {
        country_id: 20,
        parent_id: 5,
        child_ids: [
          [1, 8, { country_id: 21 }],
          [4, 9, 0],
          [2, 10, 0],
          [3, 11, 0],
        ],
        bank_ids: [[4, 3, 0]],
      },
      [{ ...OWN_PARTNER, forcedDomain: [['company_id', '=', 1]] }, EU_COUNTRY, BANK],
      [7, 6],
    ).checks
    expect(printed(checks)).toEqual([
      ['res.partner', [7, 6, 5, 8, 9, 10, 11], [['company_id', '=', 1]]],
      ['res.country', [20, 21], [['code', '=', 'BE']]],
    ])
  })

  test('has the record that a reference leads to inside it', () => {
    const task = { model: 'project.task', verbs: ALL }
    expect(printed(change({ origin: 'res.country,20' }, [task, EU_COUNTRY]).checks)).toEqual([
      ['res.country', [20], [['code', '=', 'BE']]],
    ])
    expect(change({ origin: false }, [task, EU_COUNTRY]).checks).toEqual([])
  })

  test('asks nothing where no model has one', () => {
    const values = { country_id: 20, child_ids: [[4, 9, 0]] }
    expect(change(values, [PARTNER, { ...EU_COUNTRY, forcedDomain: [] }]).checks).toEqual([])
  })

  test('is checked before a delete, too', () => {
    const result = planRemove(planningOf([OWN_PARTNER]), { model: 'res.partner', ids: [7, 7, 8] })
    expect(result.kind === 'plan' && [result.plan.ids, printed(result.plan.checks)]).toEqual([
      [7, 8],
      [['res.partner', [7, 8], ['&', ['company_id', '=', 1], ['color', '=', 4]]]],
    ])
  })
})

describe('a one2many sets the inverse field, so a line must not leave its own forced domain by it', () => {
  const linesOf = (forcedDomain: unknown) => [PARTNER, { ...BANK, forcedDomain }]

  test.each<[string, unknown, JsonObject]>([
    ['a line made for the forced parent', [['partner_id', '=', 7]], { bank_ids: [[0, 0, { acc_number: '1' }]] }],
    ['a line linked to the forced parent', [['partner_id', '=', 7]], { bank_ids: [[4, 3, 0]] }],
    ['a line changed in place', [['partner_id', '=', 5]], { bank_ids: [[1, 3, { acc_number: '1' }]] }],
    ['a forced domain of another field', [['sequence', '=', 5]], { bank_ids: [[4, 3, 0]] }],
  ])('%s stays inside', (_, forcedDomain, values) => {
    expect(change(values, linesOf(forcedDomain)).values).toHaveProperty('bank_ids')
  })

  test.each<[string, unknown, JsonObject]>([
    ['a line made for another parent', [['partner_id', '=', 5]], { bank_ids: [[0, 0, { acc_number: '1' }]] }],
    ['a line linked to another parent', [['partner_id', '=', 5]], { bank_ids: [[4, 3, 0]] }],
    ['a line taken out', [['partner_id', '=', 7]], { bank_ids: [[3, 3, 0]] }],
    ['a line linked where nobody can tell', [['partner_id.name', '=', 'x']], { bank_ids: [[4, 3, 0]] }],
  ])('%s leaves it', (_, forcedDomain, values) => {
    expect(() => change(values, linesOf(forcedDomain))).toThrow(
      expect.objectContaining({ code: 'domain.leaves_forced', status: 403 }),
    )
  })

  test('with several parents a line can belong to none of them for sure', () => {
    expect(() =>
      change({ bank_ids: [[0, 0, { acc_number: '1' }]] }, linesOf([['partner_id', '=', 7]]), [7, 8]),
    ).toThrow(expect.objectContaining({ code: 'domain.leaves_forced' }))
  })

  test('a parent that is only being made is not the forced one', () => {
    expect(() =>
      creation({ name: 'x', bank_ids: [[0, 0, { acc_number: '1' }]] }, linesOf([['partner_id', '=', 7]])),
    ).toThrow(expect.objectContaining({ code: 'domain.leaves_forced' }))
  })

  test('the inverse field has to be writable for links, and need not be for lines that are made', () => {
    const exposures = [PARTNER, { ...BANK, writableFields: ['acc_number'] }]
    expect(change({ bank_ids: [[0, 0, { acc_number: '1' }]] }, exposures).values).toHaveProperty('bank_ids')
    expect(() => change({ bank_ids: [[4, 3, 0]] }, exposures)).toThrow(
      expect.objectContaining({ code: 'field.not_writable', status: 403 }),
    )
  })
})

function printed(checks: readonly IdCheck[]): unknown {
  return checks.map(({ model, ids, domain }) => [model, ids, printDomain(domain)])
}
