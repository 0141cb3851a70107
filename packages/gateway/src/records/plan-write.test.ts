import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../kernel/json.ts'
import { BANK, CATEGORY, change, creation, OWN_PARTNER, PARTNER } from './plan-write.fixture.ts'
import { planCreate, planRemove, planUpdate } from './plan-write.ts'
import { planningOf } from './planning.fixture.ts'
import { fieldNamesOf } from './specification.ts'
import type { CreatePlan, UpdatePlan } from './write-plan.ts'

describe('values', () => {
  test('are written anew: nothing of the client’s object is passed on', () => {
    const values = {
      name: 'x',
      email: null,
      meta: { a: [1] },
      category_id: [[6, false, [2]]],
      bank_ids: [[0, 'virtual_1', { acc_number: '1' }]],
    }
    const [row] = creation(values, [PARTNER, BANK, CATEGORY]).rows
    expect(row).toEqual({
      name: 'x',
      email: false,
      meta: { a: [1] },
      category_id: [[6, 0, [2]]],
      bank_ids: [[0, 0, { acc_number: '1' }]],
    })
    expect(row?.meta).not.toBe(values.meta)
  })

  test.each([
    ['false as unset', { name: false }, { name: false }],
    ['an empty text', { name: '' }, { name: '' }],
    ['a plain list of ids as a set', { category_id: [1, 2] }, { category_id: [[6, 0, [1, 2]]] }],
    ['false as a clear', { category_id: false }, { category_id: [[5, 0, 0]] }],
    [
      'short commands',
      { category_id: [[4, 1], [5]] },
      {
        category_id: [
          [4, 1, 0],
          [5, 0, 0],
        ],
      },
    ],
    ['null in json', { meta: null }, { meta: null }],
  ])('%s', (_, values, written) => {
    expect(change(values, [PARTNER, CATEGORY]).values).toEqual(written)
  })

  test.each<[string, JsonObject, string]>([
    ['a text in a number', { color: 'red' }, 'color'],
    ['a pair in a many2one', { country_id: [20, 'Belgium'] }, 'country_id'],
    ['a text in a boolean', { active: 'false' }, 'active'],
    ['NUL in a text', { name: 'a\u0000b' }, 'name'],
    ['half a surrogate pair', { name: '\ud800x' }, 'name'],
    ['an object in a char', { name: { $ne: 1 } }, 'name'],
    ['an id that is a text in a command', { category_id: [[4, '1', 0]] }, 'category_id'],
  ])('%s is refused, naming the field', (_, values, field) => {
    expect(() => change(values, [PARTNER, CATEGORY])).toThrow(
      expect.objectContaining({ code: 'field.bad_value', status: 400, data: { field } }),
    )
  })

  test('a value that does not fit is refused wherever it stands', () => {
    expect(() => change({ child_ids: [[1, 8, { color: 'red' }]] }, [PARTNER])).toThrow(
      expect.objectContaining({ code: 'field.bad_value', data: { field: 'color' } }),
    )
  })
})

describe('required values', () => {
  const TAG = { ...CATEGORY, requiredOnCreate: ['name', 'color'] }

  test.each([{}, { name: '' }, { name: false }, { name: null }])('%j lacks what the exposure requires', (values) => {
    expect(() => creation(values, [TAG])).toThrow(
      expect.objectContaining({
        code: 'field.required',
        status: 400,
        message: 'Name is required.',
        data: { field: 'name' },
      }),
    )
  })

  test('0 is a value, and a forced value is one', () => {
    expect(creation({ name: 'x', color: 0 }, [TAG]).rows).toEqual([{ name: 'x', color: 0 }])
    expect(creation({ name: 'x' }, [{ ...TAG, forcedDomain: [['color', '=', 3]] }]).rows).toEqual([
      { name: 'x', color: 3 },
    ])
  })

  test('are not asked for in changes', () => {
    expect(change({ color: 1 }, [TAG]).values).toEqual({ color: 1 })
  })

  test('what the schema requires and nobody gave is noted, to understand Odoo’s refusal', () => {
    expect([...creation({ bank_ids: [[0, 0, {}]] }, [PARTNER, BANK]).unsetRequired]).toEqual([
      'acc_number',
      'partner_id',
    ])
    expect([...creation({ color: 1 }, [CATEGORY]).unsetRequired]).toEqual(['name'])
    expect([...change({ color: 1 }, [CATEGORY]).unsetRequired]).toEqual([])
    expect([...change({ name: false }, [CATEGORY]).unsetRequired]).toEqual(['name'])
  })
})

describe('the answer to a write', () => {
  const namesOf = (plan: CreatePlan | UpdatePlan) => plan.answer && fieldNamesOf(plan.answer.node)
  const SHORT = { ...PARTNER, defaultFields: ['name'] }

  test('has the default fields and those written, files left out', () => {
    const values = { email: 'x', category_id: [[4, 1, 0]], image_128: 'AAAA' }
    expect(namesOf(creation(values, [SHORT, CATEGORY]))).toEqual(['id', 'display_name', 'name', 'email', 'category_id'])
  })

  test('has what is asked and nothing else', () => {
    expect(namesOf(change({ email: 'x' }, [SHORT], [7], { fields: ['phone'] }))).toEqual(['id', 'phone'])
  })

  test('leaves out what may be written and not read', () => {
    const exposure = { ...SHORT, readableFields: ['name'], writableFields: ['vat'] }
    expect(namesOf(change({ vat: 'BE0' }, [exposure]))).toEqual(['id', 'display_name', 'name'])
  })

  test('is ids alone for who may not read, and a refusal if he asks for more', () => {
    const exposure = { ...PARTNER, verbs: ['create'] }
    expect(creation({ name: 'x' }, [exposure]).answer).toBeUndefined()
    expect(() => creation({ name: 'x' }, [exposure], { fields: ['name'] })).toThrow(
      expect.objectContaining({ code: 'verb.not_exposed', status: 403 }),
    )
  })

  test('stays within the forced domain', () => {
    expect(change({ name: 'x' }, [OWN_PARTNER]).answer?.rowFilter).toMatchObject({ kind: 'and' })
  })
})

describe('what is no write at all', () => {
  test.each<[string, () => unknown, string]>([
    [
      'no records to create',
      () => planCreate(planningOf([PARTNER]), { model: 'res.partner', values: [] }),
      'values.malformed',
    ],
    ['no ids', () => planUpdate(planningOf([PARTNER]), { model: 'res.partner', ids: [], values: {} }), 'ids.malformed'],
    ['the id 0', () => planRemove(planningOf([PARTNER]), { model: 'res.partner', ids: [0] }), 'ids.malformed'],
    ['a negative id', () => planRemove(planningOf([PARTNER]), { model: 'res.partner', ids: [-1] }), 'ids.malformed'],
    ['half an id', () => planRemove(planningOf([PARTNER]), { model: 'res.partner', ids: [1.5] }), 'ids.malformed'],
    [
      'an id beyond int4',
      () => planRemove(planningOf([PARTNER]), { model: 'res.partner', ids: [2 ** 31] }),
      'ids.malformed',
    ],
    [
      '501 ids',
      () =>
        planRemove(planningOf([PARTNER]), { model: 'res.partner', ids: Array.from({ length: 501 }, (_, i) => i + 1) }),
      'ids.malformed',
    ],
  ])('%s', (_, plan, code) => {
    expect(plan).toThrow(expect.objectContaining({ code, status: 400 }))
  })
})
