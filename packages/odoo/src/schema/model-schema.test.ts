import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  FIELD_TYPES,
  FIELDS_GET_ATTRIBUTES,
  fieldTypeFacts,
  readFieldType,
  readModelSchema,
  SchemaError,
} from './index.ts'

const recordings: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('./fixtures/fields-get.json', import.meta.url), 'utf8'),
)

describe.each([17, 18, 19])('fields_get of Odoo %i', (version) => {
  const { model, fields } = readModelSchema('res.partner', recordings[`fields_get_attributes_${version}`])

  test('gives the fields that Odoo described, and no others', () => {
    expect(model).toBe('res.partner')
    expect([...fields.keys()]).toEqual(
      expect.arrayContaining(['name', 'country_id', 'child_ids', 'type', 'image_1920']),
    )
    expect(fields.has('nope')).toBe(false)
  })

  test('gives relations with their model and inverse field', () => {
    expect(fields.get('country_id')).toMatchObject({
      type: 'many2one',
      relation: 'res.country',
      store: true,
      sortable: true,
    })
    expect(fields.get('country_id')).not.toHaveProperty('relationField')
    expect(fields.get('child_ids')).toMatchObject({
      type: 'one2many',
      relation: 'res.partner',
      relationField: 'parent_id',
    })
  })

  test('gives the keys of a selection', () => {
    expect(fields.get('type')?.selection?.map(([key]) => key)).toEqual(expect.arrayContaining(['contact', 'invoice']))
    expect(fields.get('name')).not.toHaveProperty('selection')
  })

  test('tells what cannot be searched or ordered by', () => {
    expect(fields.get('contact_address')).toMatchObject({ store: false, searchable: false, sortable: false })
    expect(fields.get('image_1920')).toMatchObject({ type: 'binary', searchable: true, sortable: false })
  })
})

describe('an answer of a strange form', () => {
  test('leaves what it does not tell at the careful side', () => {
    const { fields } = readModelSchema('x', {
      a: { type: 'char' },
      b: { type: 'geo_point', selection: 'no', size: -1 },
    })
    expect(fields.get('a')).toStrictEqual({
      name: 'a',
      type: 'char',
      string: 'a',
      required: false,
      readonly: true,
      store: false,
      searchable: false,
      sortable: false,
      depends: [],
    })
    expect(fields.get('b')).toMatchObject({ type: 'unknown' })
    expect(fields.get('b')).not.toHaveProperty('selection')
    expect(fields.get('b')).not.toHaveProperty('size')
  })

  test('derives searching and sorting from storing, where only that is told', () => {
    const { fields } = readModelSchema('x', { a: { type: 'char', store: true }, b: { type: 'one2many', store: true } })
    expect(fields.get('a')).toMatchObject({ searchable: true, sortable: true })
    expect(fields.get('b')).toMatchObject({ searchable: true, sortable: false })
  })

  test.each([[null], [[]], ['x'], [{ a: null }], [{ a: 'char' }]])('%j is refused', (answer) => {
    expect(() => readModelSchema('x', answer)).toThrow(SchemaError)
  })
})

describe('field types', () => {
  test('relations and lists are what Odoo makes them', () => {
    const names = Object.keys(FIELD_TYPES).map(readFieldType)
    expect(names.filter((type) => fieldTypeFacts(type).relational)).toEqual(['many2one', 'one2many', 'many2many'])
    expect(names.filter((type) => fieldTypeFacts(type).x2many)).toEqual(['one2many', 'many2many'])
    expect(names.filter((type) => fieldTypeFacts(type).binary)).toEqual(['binary', 'image'])
  })

  test.each(['constructor', '__proto__', 'Char', '', 7, undefined])('%j is no type', (name) => {
    expect(readFieldType(name)).toBe('unknown')
  })

  test('an unknown type has the facts of nothing in particular', () => {
    expect(fieldTypeFacts('unknown')).toMatchObject({ relational: false, x2many: false, binary: false, text: false })
  })
})

test('what fields_get is asked for covers what is read', () => {
  expect(FIELDS_GET_ATTRIBUTES).toEqual(expect.arrayContaining(['type', 'relation_field', 'selection', 'searchable']))
})

test('reads the paths that Odoo walks on its own', () => {
  const { fields } = readModelSchema('res.partner.bank', {
    bank_name: { type: 'char', related: 'bank_id.name', depends: ['bank_id.name'] },
    acc_number: { type: 'char', depends: 'no list' },
  })
  expect(fields.get('bank_name')).toMatchObject({ related: ['bank_id', 'name'], depends: [['bank_id', 'name']] })
  expect(fields.get('acc_number')).toMatchObject({ depends: [] })
  expect(fields.get('acc_number')).not.toHaveProperty('related')
})
