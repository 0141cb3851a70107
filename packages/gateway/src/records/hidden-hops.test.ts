import { parseDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import type { ExposureSetting } from '../policy/policy.fixture.ts'
import { planList } from './plan-read.ts'
import { planCreate, planUpdate } from './plan-write.ts'
import { planningOf } from './planning.fixture.ts'

const all = ['read', 'create', 'update', 'delete'] as const
const forcedPartner: ExposureSetting = { model: 'res.partner', verbs: all, forcedDomain: [['color', '=', 7]] }
const bank: ExposureSetting = { model: 'res.partner.bank', verbs: all }
const category: ExposureSetting = { model: 'res.partner.category', verbs: all }

const codeOf = (plan: () => unknown): string => {
  try {
    plan()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code)
    throw error
  }
  return 'allowed'
}

describe('a field that Odoo works out from records which a forced domain may hide is not there', () => {
  const read = (model: string, name: string, exposures: readonly ExposureSetting[]) =>
    codeOf(() => planList(planningOf(exposures), { model, fields: [name] }))

  test.each([
    { name: 'a related field', model: 'res.partner', field: 'parent_name' },
    { name: 'a name made of names', model: 'res.partner', field: 'complete_name' },
    { name: 'a related field of another model', model: 'res.partner.bank', field: 'partner_email' },
    { name: 'a path of which only the first hop is known', model: 'res.partner.bank', field: 'partner_country_code' },
  ])('$name: $model.$field', ({ model, field }) => {
    expect(read(model, field, [forcedPartner, bank])).toBe('field.unknown')
    const domain = parseDomain([[field, 'like', 'a']])
    expect(codeOf(() => planList(planningOf([forcedPartner, bank]), { model, domain }))).toBe('field.unknown')
  })

  test('and is there where nothing is hidden', () => {
    expect(read('res.partner.bank', 'partner_email', [{ model: 'res.partner', verbs: all }, bank])).toBe('allowed')
    expect(read('res.partner.bank', 'bank_name', [forcedPartner, bank])).toBe('allowed')
  })

  test('an answer with the default fields leaves it out', () => {
    const planned = planList(planningOf([forcedPartner]), { model: 'res.partner' })
    if (planned.kind !== 'plan') throw new Error('The fixture has every fact.')
    const names = planned.plan.node.columns.map(({ name }) => name)
    expect(names).toContain('name')
    expect(names).not.toContain('complete_name')
  })

  test('a search by name looks into it, and is refused', () => {
    const domain = parseDomain([['display_name', 'like', 'a']])
    expect(codeOf(() => planList(planningOf([forcedPartner]), { model: 'res.partner', domain }))).toBe('domain.refused')
  })
})

describe('to write a related field is to update the record that it leads to', () => {
  const write = (name: string, exposures: readonly ExposureSetting[]) =>
    codeOf(() => planUpdate(planningOf(exposures), { model: 'res.partner.bank', ids: [1], values: { [name]: 'x' } }))

  test('of a model that is not exposed: refused', () => {
    expect(write('bank_name', [bank])).toBe('model.not_exposed')
  })

  test('of a model that is exposed for reading alone: refused', () => {
    expect(write('partner_email', [bank, { model: 'res.partner', verbs: ['read'] }])).toBe('verb.not_exposed')
  })

  test('of a field that may not be written there: refused', () => {
    const partner: ExposureSetting = { model: 'res.partner', verbs: all, writableFields: ['name'] }
    expect(write('partner_email', [bank, partner])).toBe('field.not_writable')
  })

  test('over a path that goes further: refused', () => {
    expect(write('partner_country_code', [bank, { model: 'res.partner', verbs: all }])).toBe('field.not_writable')
  })

  test('where it may be updated: allowed', () => {
    expect(write('partner_email', [bank, { model: 'res.partner', verbs: all }])).toBe('allowed')
  })
})

describe('a record is not taken out of its forced domain by another field', () => {
  const companies: ExposureSetting = { model: 'res.partner', verbs: all, forcedDomain: [['is_company', '=', true]] }
  const tasks: ExposureSetting = { model: 'project.task', verbs: all, forcedDomain: [['company_id', '=', 1]] }

  test('that Odoo writes through to a forced one', () => {
    const values = { name: 'x', company_type: 'person' }
    const planning = planningOf([companies])
    expect(codeOf(() => planUpdate(planning, { model: 'res.partner', ids: [1], values }))).toBe('domain.leaves_forced')
    expect(codeOf(() => planCreate(planning, { model: 'res.partner', values: [values] }))).toBe('domain.leaves_forced')
  })

  test('from which Odoo works a forced one out anew', () => {
    const planning = planningOf([tasks])
    const values = { project_id: 3 }
    expect(codeOf(() => planUpdate(planning, { model: 'project.task', ids: [1], values }))).toBe('domain.leaves_forced')
    expect(codeOf(() => planCreate(planning, { model: 'project.task', values: [{ name: 'x', ...values }] }))).toBe(
      'allowed',
    )
  })

  test.each([[[3, 5]], [[4, 5]], [[5]], [[6, 0, [5]]]])('by the other side of a many2many: %j', (command) => {
    const marked: ExposureSetting = { ...forcedPartner, forcedDomain: [['category_id.name', '=', 'shown']] }
    const update = { model: 'res.partner.category', ids: [1], values: { partner_ids: [command] } }
    expect(codeOf(() => planUpdate(planningOf([marked, category]), update))).toBe('domain.leaves_forced')
  })
})

test('an id without its model is not written where a forced domain could be stepped around', () => {
  const update = { model: 'project.task', ids: [1], values: { res_id: 5 } }
  const task: ExposureSetting = { model: 'project.task', verbs: all }
  expect(codeOf(() => planUpdate(planningOf([task, forcedPartner]), update))).toBe('field.not_writable')
  expect(codeOf(() => planUpdate(planningOf([task]), update))).toBe('allowed')
})

test('commands without records count as well', () => {
  const values = { child_ids: Array.from({ length: 2_000 }, () => [5]) }
  const create = { model: 'res.partner', values: [{ name: 'x', ...values }] }
  expect(codeOf(() => planCreate(planningOf([{ model: 'res.partner', verbs: all }]), create))).toBe('values.too_many')
})
