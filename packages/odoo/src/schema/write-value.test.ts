import { describe, expect, test } from 'vitest'
import { checkWriteValue, FIELD_TYPES, type FieldSchema, type FieldType, ID_MAX, pickContext } from './index.ts'

function field(type: FieldType | 'unknown', more: Partial<FieldSchema> = {}): FieldSchema {
  const plain = {
    name: 'f',
    string: 'F',
    required: false,
    readonly: false,
    store: true,
    searchable: true,
    sortable: true,
    depends: [],
  }
  return { ...plain, type, ...more }
}

const NUL = 'a\0b'
const LONE = 'a\ud800'
const SELECTION = {
  selection: [
    ['draft', 'Draft'],
    ['done', 'Done'],
  ],
} as const

/** By type: what can be written, and what Odoo would store as something else, cut off or choke on. */
const CASES: Record<string, { field: FieldSchema; fits: unknown[]; misfits: unknown[] }> = {
  boolean: { field: field('boolean'), fits: [true, false], misfits: ['false', 0, 1, null, []] },
  integer: {
    field: field('integer'),
    fits: [0, -5, 2147483647, -2147483648],
    misfits: [3.7, '12', 2147483648, -2147483649, Number.NaN, true, null],
  },
  float: {
    field: field('float'),
    fits: [0, -1.5, 1e300],
    misfits: ['1.5', Number.NaN, Number.POSITIVE_INFINITY, true, null],
  },
  monetary: { field: field('monetary'), fits: [12.34], misfits: ['12', null] },
  char: { field: field('char'), fits: ['', 'é😀', false, null], misfits: [true, 3, ['a'], {}, NUL, LONE] },
  'char with a size': { field: field('char', { size: 2 }), fits: ['ab', '😀😀'], misfits: ['abc'] },
  text: { field: field('text'), fits: ['a\nb', false, null], misfits: [1, NUL, LONE] },
  html: { field: field('html'), fits: ['<p>a</p>', false, null], misfits: [1, NUL] },
  date: {
    field: field('date'),
    fits: ['2024-02-29', '0001-01-01', '9999-12-31', false, null],
    misfits: [
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1-1',
      '0000-01-01',
      '2024-01-01 00:00:00',
      'today',
      '',
      20240101,
      true,
    ],
  },
  datetime: {
    field: field('datetime'),
    fits: ['2024-02-29 23:59:59', false, null],
    misfits: [
      '2024-02-29',
      '2024-02-29T23:59:59',
      '2024-02-29 23:59:59Z',
      '2024-02-29 24:00:00',
      '2024-02-29 23:60:00',
      '2024-02-29 23:59:60',
      '2024-02-29 23:59:59.123',
      '2023-02-29 00:00:00',
      '2024-02-29 23:59:59+02:00',
      1700000000,
      true,
    ],
  },
  selection: {
    field: field('selection', SELECTION),
    fits: ['draft', false, null],
    misfits: ['Draft', 'other', 0, true, ['draft']],
  },
  'selection with numbers': {
    field: field('selection', { selection: [[1, 'One']] }),
    fits: [1, false],
    misfits: ['1', 2],
  },
  'selection that is not told': { field: field('selection'), fits: ['x', 1, false], misfits: [1.5, NUL, true, []] },
  binary: {
    field: field('binary'),
    fits: ['', 'YQ==', 'YWI=', 'YWJj', 'YW\nJj', false, null],
    misfits: ['YQ', 'a-_b', 'data:image/png;base64,YQ==', 'Y===', 'YQ==YQ==', 5, true],
  },
  image: { field: field('image'), fits: ['YQ==', false], misfits: ['not base64!'] },
  many2one: {
    field: field('many2one', { relation: 'res.country' }),
    fits: [1, ID_MAX, false, null],
    misfits: [0, -1, ID_MAX + 1, 1.5, '20', 'Belgium', true, [1, 'Belgium'], { id: 1 }, []],
  },
  one2many: { field: field('one2many'), fits: [[[0, 0, {}]], [], false], misfits: [2, 'abc', [[9]], { id: 1 }] },
  many2many: { field: field('many2many'), fits: [[[6, 0, [1]]], [1, 2], null], misfits: [2, true, [['6', 0, [1]]]] },
  reference: {
    field: field('reference', { selection: [['res.partner', 'Contact']] }),
    fits: ['res.partner,7', false, null],
    misfits: [
      'res.users,7',
      'res.partner,0',
      'res.partner,-1',
      'res.partner,4294967296',
      'res.partner',
      'res.partner,7 ',
      7,
      true,
    ],
  },
  many2one_reference: { field: field('many2one_reference'), fits: [5, 0, false], misfits: ['5', -1, true] },
  json: { field: field('json'), fits: [{ a: [1, null] }, 'x', null], misfits: [{ a: [NUL] }, { [LONE]: 1 }] },
  properties: { field: field('properties'), fits: [[], {}, false], misfits: [3, 'x', [{ value: NUL }]] },
  properties_definition: { field: field('properties_definition'), fits: [[], false], misfits: [3, true] },
  serialized: { field: field('serialized'), fits: [{}, false], misfits: [3, { a: NUL }] },
  'a type that is not known': {
    field: field('unknown'),
    fits: ['x', 1, true, null],
    misfits: [[], {}, NUL, Number.NaN],
  },
}

describe.each(Object.entries(CASES))('%s', (_, { field, fits, misfits }) => {
  test.each(fits.map((value) => [value]))('takes %j', (value) => {
    expect(checkWriteValue(field, value)).toBeUndefined()
  })

  test.each(misfits.map((value) => [value]))('refuses %j with a sentence', (value) => {
    expect(checkWriteValue(field, value)).toMatch(/^The field f takes .+\.$/)
  })
})

test('every type has cases', () => {
  const covered = new Set<string>(Object.values(CASES).map((entry) => entry.field.type))
  expect(Object.keys(FIELD_TYPES).filter((type) => !covered.has(type))).toEqual([])
})

test('the sentence on commands tells which one', () => {
  expect(checkWriteValue(field('many2many'), [[5], [9]])).toContain('Command 1')
})

describe('pickContext', () => {
  test('keeps the allowed keys and drops what could preset or switch off something', () => {
    const allowed = {
      lang: 'en_US',
      tz: 'Europe/Brussels',
      allowed_company_ids: [1, 2],
      active_test: false,
      bin_size: true,
    }
    const others = { default_name: 'x', uid: 1, active_id: 5, tracking_disable: true, __proto__: { lang: 'xx' } }
    expect(pickContext({ ...allowed, ...others })).toStrictEqual(allowed)
  })

  test.each<[name: string, context: unknown]>([
    ['no object', 'x'],
    ['null', null],
    ['a list', []],
    ['a lang that is false', { lang: false }],
    ['a lang with NUL', { lang: NUL }],
    ['a tz of 65 characters', { tz: 'x'.repeat(65) }],
    ['companies as text', { allowed_company_ids: '1' }],
    ['companies that are no ids', { allowed_company_ids: [1, '2'] }],
    ['active_test as text', { active_test: 'false' }],
  ])('of %s is empty', (_, context) => {
    expect(pickContext(context)).toStrictEqual({})
  })
})
