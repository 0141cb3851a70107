import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin, as } = useSandbox()
const { readOne, write } = useGoldenPartner(admin)

const children = async () => (await readOne(['child_ids']))?.child_ids as number[]

describe('write refuses', () => {
  test.each([
    [
      'an unknown field',
      { function: 'x', nope: 1 },
      'builtins.ValueError',
      "Invalid field 'nope' on model 'res.partner'",
    ],
    [
      'text for a number',
      { function: 'x', color: 'abc' },
      'builtins.ValueError',
      "invalid literal for int() with base 10: 'abc'",
    ],
    [
      'a number beyond 32 bits',
      { function: 'x', color: 2 ** 31 },
      'psycopg2.errors.NumericValueOutOfRange',
      'integer out of range\n',
    ],
    ['NUL', { function: 'a\0b' }, 'builtins.ValueError', 'A string literal cannot contain NUL (0x00) characters.'],
    [
      'what is no picture',
      { function: 'x', image_1920: 'aGVsbG8=' },
      'odoo.exceptions.UserError',
      'This file could not be decoded as an image file.',
    ],
    [
      'a record that does not exist',
      { function: 'x', country_id: 999999 },
      'odoo.exceptions.MissingError',
      'Record does not exist or has been deleted.\n(Record: res.country(999999,), User: 2)',
    ],
    ['a loop', { parent_id: 0 }, 'odoo.exceptions.ValidationError', 'You cannot create recursive Partner hierarchies.'],
    ['a list for values', [{ name: 'x' }], 'builtins.AttributeError', "'list' object has no attribute 'get'"],
    ['text for values', 'x', 'builtins.AttributeError', "'str' object has no attribute 'get'"],
    [
      'an unknown field of a new child',
      {
        function: 'half',
        child_ids: [
          [0, 0, { name: 'ok' }],
          [0, 0, { nope: 1 }],
        ],
      },
      'builtins.ValueError',
      "Invalid field 'nope' on model 'res.partner'",
    ],
    [
      'a tag that does not exist',
      { function: 'x', category_id: [[4, 999999, 0]] },
      'odoo.exceptions.ValidationError',
      'The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Unknown (unknown)\nConstraint: res_partner_res_partner_category_rel_category_id_fkey\n',
    ],
    [
      'a number for a list',
      { function: 'x', category_id: 2 },
      'builtins.ValueError',
      'Wrong value for res.partner.category_id: 2',
    ],
    [
      'text for a list',
      { function: 'x', category_id: 'abc' },
      'builtins.ValueError',
      'Wrong value for res.partner.category_id: abc',
    ],
  ])('%s, and nothing of the call remains', async (_case, values, exception, message) => {
    const loops = typeof values === 'object' && 'parent_id' in values
    const before = await readOne(['function', 'child_ids', 'category_id', 'parent_id', 'country_id'])
    const written = loops ? { function: 'x', parent_id: (await children())[0] } : values
    expect(await refusalOf(write(written))).toEqual({ exception, message })
    expect(await readOne(['function', 'child_ids', 'category_id', 'parent_id', 'country_id'])).toEqual(before)
  })

  test.each([
    ['tomorrow', "time data 'tomorrow' does not match format '%Y-%m-'"],
    ['2030-01-02 10:11:12.345678', 'unconverted data remains: .345678'],
    ['2030-01-02 10:11:12+02:00', 'unconverted data remains: +02:00'],
    ['2030-02-30 10:11:12', 'day is out of range for month'],
  ])('the moment %s', async (date_deadline, message) => {
    expect(await refusalOf(write({ date_deadline }, 1, 'project.task'))).toEqual({
      exception: 'builtins.ValueError',
      message,
    })
  })

  test('a choice that is none', async () => {
    expect(await refusalOf(write({ priority: 'zzz' }, 1, 'project.task'))).toEqual({
      exception: 'builtins.ValueError',
      message: "Wrong value for project.task.priority: 'zzz'",
    })
  })

  test.each([
    [
      'missing',
      [999999],
      'odoo.exceptions.MissingError',
      'Record does not exist or has been deleted.\n(Record: res.partner(999999,), User: 2)',
    ],
    [
      'negative',
      [-1],
      'odoo.exceptions.MissingError',
      'Record does not exist or has been deleted.\n(Record: res.partner(-1,), User: 2)',
    ],
    [
      'beyond 31 bits',
      [2 ** 31],
      'odoo.exceptions.MissingError',
      'Record does not exist or has been deleted.\n(Record: res.partner(2147483648,), User: 2)',
    ],
    [
      'some missing',
      [15, 999999],
      'odoo.exceptions.MissingError',
      'Record does not exist or has been deleted.\n(Record: res.partner(999999,), User: 2)',
    ],
    ['text', ['abc'], 'psycopg2.errors.InvalidTextRepresentation', 'invalid input syntax for type integer: "abc"\n'],
  ])('ids that are %s', async (_case, ids, exception, message) => {
    expect(await refusalOf(admin.call('res.partner', 'write', [ids, { function: 'zz' }]))).toEqual({
      exception,
      message,
    })
    expect(await readOne(['function'], 15)).toEqual({ id: 15, function: false })
  })

  test('nothing for no ids and for the new record', async () => {
    expect(await admin.call('res.partner', 'write', [[], { name: 'x' }])).toBe(true)
    expect(await admin.call('res.partner', 'write', [[0], { name: 'x' }])).toBe(true)
  })
})

describe('a related field', () => {
  test('is written as the user, an inherited one as part of the record', async () => {
    const groups = (await admin.call('res.groups', 'search', [[['name', 'in', ['Access Rights', 'Internal User']]]], {
      context: { lang: 'en_US' },
    })) as number[]
    expect(groups).toHaveLength(2)
    const manager = { name: 'Rights', login: 'rights', password: 'rights', groups_id: [[6, 0, groups]] }
    const id = (await admin.call('res.users', 'create', [manager])) as number
    const client = await as('rights')
    const partner = await refusalOf(client.call('res.partner', 'write', [[1], { street: 'x' }]))
    expect(partner.exception).toBe('odoo.exceptions.AccessError')
    expect(await refusalOf(client.call('res.company', 'write', [[1], { street: 'x' }]))).toEqual(partner)
    expect(await client.call('res.users', 'write', [[id], { name: 'Renamed' }])).toBe(true)
  })
})

describe('a number or a day that Odoo cannot keep', () => {
  const infinite = ['builtins.OverflowError', 'cannot convert float infinity to integer'] as const
  const tooLarge = ['psycopg2.errors.NumericValueOutOfRange', 'integer out of range\n'] as const
  test.each([
    ['below the smallest integer', 'color', -(2 ** 31) - 1, ...tooLarge],
    ['above the largest integer', 'color', 2 ** 31, ...tooLarge],
    ['an integer of four hundred digits', 'color', '9'.repeat(400), ...tooLarge],
    ['infinity as text', 'partner_latitude', '1e999', ...infinite],
    ['the year 0', 'date', '0000-01-01', 'builtins.ValueError', 'year 0 is out of range'],
  ])('%s', async (_case, field, value, exception, message) => {
    const model = field === 'date' ? 'project.project' : 'res.partner'
    const [id] = (await admin.call(model, 'search', [[]], { limit: 1 })) as number[]
    expect(await refusalOf(admin.call(model, 'write', [[id], { [field]: value }]))).toEqual({ exception, message })
  })
})
