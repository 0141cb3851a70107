import { readModelSchema } from '@odoo-gatehouse/odoo/schema'
import { describe, expect, test } from 'vitest'
import type { Exposure } from './api.ts'
import { defaultFieldsOf, fieldWriteAccess, readableField, unknownField } from './field-access.ts'
import { callerOf } from './policy.fixture.ts'

const char = { type: 'char', store: true, readonly: false }
const schema = readModelSchema('res.partner', {
  id: { type: 'integer', store: true, readonly: true },
  display_name: { type: 'char', store: false, readonly: true },
  name: char,
  vat: char,
  forced_name: { ...char, readonly: true },
  contact_address: { ...char, store: false },
  image_128: { type: 'binary', store: true },
  country_id: { type: 'many2one', relation: 'res.country', store: true },
  child_ids: { type: 'one2many', relation: 'res.partner', relation_field: 'parent_id', store: true },
  create_date: { type: 'datetime', store: true, readonly: true },
})

function exposureOf(settings: Readonly<Record<string, unknown>>): Exposure {
  const exposure = callerOf([{ model: 'res.partner', verbs: ['read'], ...settings }]).api.exposures.get('res.partner')
  if (exposure === undefined) throw new Error('The model is not exposed.')
  return exposure
}

describe('reading', () => {
  test('a field is readable if the user sees it and the exposure lists it', () => {
    const exposure = exposureOf({ readableFields: ['name', 'hidden_by_odoo'] })
    const readable = ['name', 'vat', 'hidden_by_odoo', 'constructor'].map(
      (name) => readableField(exposure, schema, name)?.name,
    )
    expect(readable).toEqual(['name', undefined, undefined, undefined])
  })

  test('`id` and `display_name` are readable wherever the model is', () => {
    const exposure = exposureOf({ readableFields: ['name'] })
    expect(readableField(exposure, schema, 'id')?.name).toBe('id')
    expect(readableField(exposure, schema, 'display_name')?.name).toBe('display_name')
  })

  test('an unknown and an unreadable field are answered with one body that names the field', () => {
    const [unknown, unreadable] = ['nope', 'vat'].map((name) => unknownField('res.partner', name))
    expect(unknown).toMatchObject({ status: 400, code: 'field.unknown', data: { field: 'nope' } })
    expect(unreadable?.message.replace('vat', 'nope')).toBe(unknown?.message)
    expect(unreadable).toMatchObject({ status: 400, code: 'field.unknown', data: { field: 'vat' } })
  })
})

describe('defaultFieldsOf', () => {
  test('without a list: readable, stored, neither binary nor x2many, and always id and display_name', () => {
    expect(defaultFieldsOf(exposureOf({}), schema)).toEqual([
      'id',
      'display_name',
      'name',
      'vat',
      'forced_name',
      'country_id',
      'create_date',
    ])
  })

  test('with a list: the list, without what this user does not see', () => {
    const exposure = exposureOf({ defaultFields: ['name', 'child_ids', 'hidden_by_odoo'] })
    expect(defaultFieldsOf(exposure, schema)).toEqual(['id', 'display_name', 'name', 'child_ids'])
  })

  test('never what the exposure withholds', () => {
    expect(defaultFieldsOf(exposureOf({ readableFields: ['name'] }), schema)).toEqual(['id', 'display_name', 'name'])
  })
})

describe('writing', () => {
  test.each([
    ['name', {}, 'writable'],
    ['forced_name', {}, 'writable'],
    ['nope', {}, 'unknown'],
    ['constructor', {}, 'unknown'],
    ['id', {}, 'kept_by_odoo'],
    ['display_name', {}, 'kept_by_odoo'],
    ['create_date', {}, 'kept_by_odoo'],
    ['vat', { readableFields: ['name'] }, 'unknown'],
    ['vat', { writableFields: ['name'] }, 'not_writable'],
    ['vat', { readableFields: ['name'], writableFields: ['vat'] }, 'writable'],
    ['name', { readableFields: ['name'], writableFields: [] }, 'not_writable'],
  ])('%s under %j is %s', (name, settings, kind) => {
    expect(fieldWriteAccess(exposureOf(settings), schema, name).kind).toBe(kind)
  })
})
