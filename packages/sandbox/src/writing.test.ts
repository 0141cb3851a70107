import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from './testing/client.ts'

let sandbox: Sandbox
let admin: Client
let partner: number

beforeAll(async () => {
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
})

afterAll(() => sandbox.close())

beforeEach(async () => {
  partner = (await admin.call('res.partner', 'create', [
    {
      name: 'Golden',
      category_id: [[6, 0, [1, 2]]],
      child_ids: [
        [0, 0, { name: 'K1' }],
        [0, 0, { name: 'K2' }],
      ],
    },
  ])) as number
})

const readOne = async (fields: string[], id: unknown = partner, model = 'res.partner') =>
  ((await admin.call(model, 'read', [[id], fields])) as Record<string, unknown>[])[0]

const write = (values: unknown, id: unknown = partner, model = 'res.partner') =>
  admin.call(model, 'write', [[id], values])

const children = async () => (await readOne(['child_ids']))?.child_ids as number[]

describe('create', () => {
  test('of an object answers an id, of a list a list', async () => {
    const one = (await admin.call('res.partner.category', 'create', [{ name: 'One' }])) as number
    expect(await admin.call('res.partner.category', 'create', [[{ name: 'Two' }, { name: 'Three' }]])).toEqual([
      one + 1,
      one + 2,
    ])
    expect(await admin.call('res.partner.category', 'create', [[]])).toEqual([])
  })

  test('fills defaults and the log', async () => {
    expect(
      await readOne(['type', 'active', 'lang', 'color', 'create_uid', 'create_date', 'write_date', 'display_name']),
    ).toMatchObject({
      type: 'contact',
      active: true,
      lang: 'en_US',
      color: 0,
      create_uid: [2, 'Mitchell Admin'],
      create_date: '2026-11-20 23:20:00',
      write_date: '2026-11-20 23:20:00',
      display_name: 'Golden',
    })
  })

  test('takes defaults from the context', async () => {
    const id = await admin.call('res.partner.category', 'create', [{ name: 'Coloured' }], {
      context: { default_color: 7 },
    })
    expect(await readOne(['color'], id, 'res.partner.category')).toEqual({ id, color: 7 })
  })

  test('gives a contact the address and the number of its company', async () => {
    const id = await admin.call('res.partner', 'create', [{ name: 'Golden Child', parent_id: 15 }])
    expect(await readOne(['street', 'city', 'country_id', 'commercial_partner_id', 'display_name', 'vat'], id)).toEqual(
      {
        id,
        street: '4557 De Silva St',
        city: 'Fremont',
        country_id: [233, 'United States'],
        commercial_partner_id: [15, 'Azure Interior'],
        display_name: 'Azure Interior, Golden Child',
        vat: 'US12345677',
      },
    )
  })

  test('of a task starts it in the first stage, for the customer of the project', async () => {
    const id = await admin.call('project.task', 'create', [
      { name: 'Golden Task', project_id: 1, user_ids: [[6, 0, [2]]] },
    ])
    expect(
      await readOne(['stage_id', 'state', 'user_ids', 'partner_id', 'date_assign', 'is_closed'], id, 'project.task'),
    ).toEqual({
      id,
      stage_id: [1, 'New'],
      state: '01_in_progress',
      user_ids: [2],
      partner_id: [8, 'YourCompany, Joel Willis'],
      date_assign: '2026-11-20 23:20:00',
      is_closed: false,
    })
  })

  test('of a user makes its partner; of a company, too', async () => {
    const user = await admin.call('res.users', 'create', [
      { name: 'New User', login: 'new@example.com', email: 'NEW@example.com' },
    ])
    const { partner_id: made } = (await readOne(['partner_id'], user, 'res.users')) as { partner_id: [number, string] }
    expect(await readOne(['name', 'email_normalized', 'partner_share'], made[0])).toEqual({
      id: made[0],
      name: 'New User',
      email_normalized: 'new@example.com',
      partner_share: false,
    })
    const company = await admin.call('res.company', 'create', [{ name: 'Second Company', city: 'Ghent' }])
    expect(await readOne(['name', 'city', 'currency_id'], company, 'res.company')).toMatchObject({
      name: 'Second Company',
      city: 'Ghent',
      currency_id: [1, 'USD'],
    })
  })

  test.each([
    [
      'an unknown field',
      'res.partner',
      { name: 'x', nope: 1 },
      'builtins.ValueError',
      "Invalid field 'nope' on model 'res.partner'",
    ],
    [
      'a required field that is unset',
      'res.partner.category',
      { name: false },
      'odoo.exceptions.ValidationError',
      'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Partner Tags (res.partner.category)\nField: Name (name)\n',
    ],
    [
      'a contact without a name',
      'res.partner',
      { city: 'Ghent' },
      'odoo.exceptions.ValidationError',
      'The operation cannot be completed: Contacts require a name',
    ],
    [
      'a login that exists',
      'res.users',
      { name: 'Dup', login: 'demo' },
      'odoo.exceptions.ValidationError',
      'The operation cannot be completed: You can not have two users with the same login!',
    ],
    [
      'a user without its company',
      'res.users',
      { name: 'G', login: 'g', company_ids: [[6, 0, []]] },
      'odoo.exceptions.ValidationError',
      'Company YourCompany is not in the allowed companies for user G ().',
    ],
    [
      'an end before the start',
      'project.project',
      { name: 'G', date_start: '2030-02-01', date: '2030-01-01' },
      'odoo.exceptions.ValidationError',
      "The operation cannot be completed: The project's start date must be before its end date.",
    ],
  ])('refuses %s and makes nothing', async (_case, model, values, exception, message) => {
    const before = await admin.call(model, 'search_count', [[]], { context: { active_test: false } })
    expect(await refusalOf(admin.call(model, 'create', [values]))).toEqual({ exception, message })
    expect(await admin.call(model, 'search_count', [[]], { context: { active_test: false } })).toBe(before)
  })

  test('keeps an empty text apart from unset', async () => {
    const id = await admin.call('res.partner.category', 'create', [{ name: '' }])
    expect(await readOne(['name'], id, 'res.partner.category')).toEqual({ id, name: '' })
  })
})

describe('write coerces like Odoo', () => {
  const loop = { a: 1 }
  test.each([
    ['text that says false into a boolean', 'is_company', 'false', true],
    ['an empty text into a boolean', 'is_company', '', false],
    ['an object into text', 'function', loop, "{'a': 1}"],
    ['a list into text', 'function', ['a', 'b', null, 1.5], "['a', 'b', None, 1.5]"],
    ['true into text', 'function', true, 'True'],
    ['a number into text', 'function', 12, '12'],
    ['an empty text', 'function', '', ''],
    ['control characters', 'function', 'a\tb\nc\u0007d', 'a\tb\nc\u0007d'],
    ['quotes', 'function', `O'Brien "q" \\ %s ; --`, `O'Brien "q" \\ %s ; --`],
    ['letters of all scripts', 'function', 'Zoë 😀 שלום 日本', 'Zoë 😀 שלום 日本'],
    ['a fraction into an integer', 'color', 3.7, 3],
    ['text into an integer', 'color', '12', 12],
    ['unset into an integer', 'color', false, 0],
    ['text into a float, rounded to its digits', 'partner_latitude', '12.3456789012', 12.3456789],
    ['a name into a many2one', 'country_id', 'Belgium', false],
    ['a number as text into a many2one', 'country_id', '20', false],
    ['a pair into a many2one', 'country_id', [20, 'Belgium'], false],
    ['true into a many2one', 'country_id', true, false],
    ['zero into a many2one', 'country_id', 0, false],
    ['an id into a many2one', 'country_id', 20, [20, 'Belgium']],
    [
      'scripts and handlers in HTML',
      'comment',
      '<p onclick="x()">Hi <b>b</b><script>alert(1)</script><a href="javascript:x">l</a><img src=x onerror=y></p>',
      '<p>Hi <b>b</b><a href="">l</a><img src="x"></p>',
    ],
    ['plain text in HTML', 'comment', 'a < b & c\nnew line', '<p>a &lt; b &amp; c\nnew line</p>'],
    ['a read-only stored field', 'commercial_company_name', 'Forced', 'Forced'],
  ])('%s', async (_case, field, value, kept) => {
    expect(await write({ [field]: value })).toBe(true)
    expect(await readOne([field])).toEqual({ id: partner, [field]: kept })
  })

  test.each([
    ['a day for a moment', '2030-01-02', '2030-01-02 00:00:00'],
    ['a moment', '2030-01-02 03:04:05', '2030-01-02 03:04:05'],
    ['nothing', false, false],
  ])('%s into a datetime', async (_case, value, kept) => {
    const task = await admin.call('project.task', 'create', [{ name: 'W' }])
    await write({ date_deadline: value }, task, 'project.task')
    expect(await readOne(['date_deadline'], task, 'project.task')).toEqual({ id: task, date_deadline: kept })
  })

  test('writes related fields where they belong', async () => {
    await write({ email: 'rel@example.com', name: 'Marc D.' }, 6, 'res.users')
    expect(await readOne(['email', 'name', 'display_name'], 7)).toEqual({
      id: 7,
      email: 'rel@example.com',
      name: 'Marc D.',
      display_name: 'YourCompany, Marc D.',
    })
  })

  test.each([
    ['the id', { id: 4242 }],
    ['the display name', { display_name: 'x' }],
    ['the log', { create_date: '2001-01-01 00:00:00', create_uid: 1 }],
    ['a computed field without an inverse', { contact_address: 'x' }],
  ])('answers true and changes nothing for %s', async (_case, values) => {
    const fields = Object.keys(values)
    const before = await readOne(fields)
    expect(await write(values)).toBe(true)
    expect(await readOne(fields)).toEqual(before)
  })

  test('through a computed field with an inverse', async () => {
    await write({ company_type: 'company' })
    expect(await readOne(['is_company'])).toEqual({ id: partner, is_company: true })
  })
})

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

describe('the commands of a list', () => {
  test.each([
    ['create', [[0, 0, { name: 'K3' }]], ['K1', 'K2', 'K3']],
    ['create with a virtual id', [[0, 'virtual_1', { name: 'K3' }]], ['K1', 'K2', 'K3']],
    ['update', (ids: number[]) => [[1, ids[0], { name: 'K0' }]], ['K0', 'K2']],
    ['delete', (ids: number[]) => [[2, ids[0], 0]], ['K2']],
    ['delete, short', (ids: number[]) => [[2, ids[0]]], ['K2']],
    ['unlink', (ids: number[]) => [[3, ids[0], 0]], ['K2']],
    ['clear', () => [[5]], []],
    ['set', (ids: number[]) => [[6, 0, [ids[1]]]], ['K2']],
    [
      'several at once',
      (ids: number[]) => [
        [3, ids[1], 0],
        [0, 0, { name: 'K4' }],
      ],
      ['K1', 'K4'],
    ],
  ])('%s on children', async (_case, commands, names) => {
    const before = await children()
    expect(await write({ child_ids: typeof commands === 'function' ? commands(before) : commands })).toBe(true)
    const after = (await admin.call('res.partner', 'search_read', [[['parent_id', '=', partner]]], {
      fields: ['name'],
      order: 'name',
    })) as { name: string }[]
    expect(after.map((record) => record.name)).toEqual(names)
  })

  test('unlink leaves the child, delete does not', async () => {
    const [first, second] = await children()
    await write({
      child_ids: [
        [3, first, 0],
        [2, second, 0],
      ],
    })
    expect(await admin.call('res.partner', 'read', [[first, second], ['parent_id']])).toEqual([
      { id: first, parent_id: false },
    ])
  })

  test.each([
    ['link', [[4, 3, 0]], [3, 2, 1]],
    [
      'link twice',
      [
        [4, 1],
        [4, 1],
      ],
      [2, 1],
    ],
    ['unlink', [[3, 1]], [2]],
    ['clear', [[5, 0, 0]], []],
    ['set', [[6, 0, [2, 5]]], [2, 5]],
    ['set to none', [[6, 0, []]], []],
    ['a plain list of ids', [2], [2]],
    ['false', false, []],
    ['several in order', [[5], [4, 1], [4, 5]], [5, 1]],
  ])('%s on tags', async (_case, commands, ids) => {
    await write({ category_id: commands })
    expect(await readOne(['category_id'])).toEqual({ id: partner, category_id: ids })
  })

  test('work inside one another', async () => {
    const id = await admin.call('res.partner', 'create', [
      {
        name: 'Top',
        child_ids: [
          [0, 0, { name: 'Middle', child_ids: [[0, 0, { name: 'Leaf', category_id: [[0, 0, { name: 'Fresh' }]] }]] }],
        ],
      },
    ])
    const [leaf] = (await admin.call('res.partner', 'search_read', [[['parent_id.parent_id', '=', id]]], {
      fields: ['name', 'category_id'],
    })) as Record<string, unknown>[]
    expect(leaf).toMatchObject({ name: 'Leaf', category_id: [expect.any(Number)] })
  })
})

describe('unlink', () => {
  test('answers true once, then the record is missing', async () => {
    expect(await admin.call('res.partner', 'unlink', [[partner]])).toBe(true)
    expect(await admin.call('res.partner', 'read', [[partner], ['name']])).toEqual([])
    expect((await refusalOf(admin.call('res.partner', 'unlink', [[partner]]))).exception).toBe(
      'odoo.exceptions.MissingError',
    )
  })

  test('takes along what cannot be without it, and frees what can', async () => {
    const [child] = await children()
    await admin.call('res.partner.bank', 'create', [{ acc_number: '1', partner_id: partner }])
    await admin.call('res.partner', 'unlink', [[partner]])
    expect(await readOne(['parent_id'], child)).toEqual({ id: child, parent_id: false })
    expect(await admin.call('res.partner.bank', 'search_count', [[['acc_number', '=', '1']]])).toBe(0)
  })

  test('takes along tags below', async () => {
    const top = await admin.call('res.partner.category', 'create', [{ name: 'GP' }])
    const below = await admin.call('res.partner.category', 'create', [{ name: 'GC', parent_id: top }])
    await admin.call('res.partner.category', 'unlink', [[top]])
    expect(await admin.call('res.partner.category', 'search', [[['id', 'in', [top, below]]]])).toEqual([])
  })

  test.each([
    [
      'res.currency',
      1,
      'odoo.exceptions.ValidationError',
      /Model: Companies \(res\.company\)\nConstraint: res_company_currency_id_fkey\n$/,
    ],
    [
      'res.country',
      233,
      'odoo.exceptions.ValidationError',
      /Model: Country state \(res\.country\.state\)\nConstraint: res_country_state_country_id_fkey\n$/,
    ],
    ['res.lang', 1, 'odoo.exceptions.UserError', /^Base Language 'en_US' can not be deleted\.$/],
    ['res.partner', 7, 'odoo.exceptions.RedirectWarning', /^You cannot delete contacts linked to an active user\./],
  ])('refuses %s in use', async (model, id, exception, message) => {
    const refusal = await refusalOf(admin.call(model, 'unlink', [[id]]))
    expect(refusal.exception).toBe(exception)
    expect(refusal.message).toMatch(message)
    expect(await admin.call(model, 'exists', [[id]])).toEqual([id])
  })

  test('never gives an id again', async () => {
    const first = (await admin.call('res.partner.category', 'create', [{ name: 'gone' }])) as number
    await admin.call('res.partner.category', 'unlink', [[first]])
    expect(await admin.call('res.partner.category', 'create', [{ name: 'next' }])).toBe(first + 1)
  })
})

describe('other ways to change', () => {
  test('copy answers a list, takes changes, and leaves the log and the list of children out', async () => {
    const [copied] = (await admin.call('res.partner', 'copy', [[partner]], {
      default: { function: 'copied' },
    })) as number[]
    expect(await readOne(['name', 'function', 'category_id', 'child_ids'], copied)).toEqual({
      id: copied,
      name: 'Golden (copy)',
      function: 'copied',
      category_id: [2, 1],
      child_ids: [],
    })
    expect(await admin.call('res.partner', 'copy', [[partner, 15]])).toHaveLength(2)
    expect((await refusalOf(admin.call('res.partner', 'copy', [[999999]]))).exception).toBe(
      'odoo.exceptions.MissingError',
    )
  })

  test('web_save makes or changes, and reads', async () => {
    const made = (await admin.call('res.partner', 'web_save', [[], { name: 'Saved' }], {
      specification: { name: {}, type: {} },
    })) as { id: number }[]
    expect(made).toEqual([{ id: expect.any(Number), name: 'Saved', type: 'contact' }])
    expect(
      await admin.call('res.partner', 'web_save', [[made[0]?.id], { country_id: 20 }], {
        specification: { country_id: { fields: { code: {} } } },
      }),
    ).toEqual([{ id: made[0]?.id, country_id: { id: 20, code: 'BE' } }])
  })

  test('archive and bring back answer nothing', async () => {
    expect(await admin.call('res.partner', 'action_archive', [[partner]])).toBeUndefined()
    expect(await readOne(['active'])).toEqual({ id: partner, active: false })
    expect(await admin.call('res.partner', 'search', [[['id', '=', partner]]])).toEqual([])
    expect(await admin.call('res.partner', 'action_unarchive', [[partner]])).toBeUndefined()
    expect(await admin.call('res.partner', 'search', [[['id', '=', partner]]])).toEqual([partner])
  })

  test('names follow when a company is renamed', async () => {
    const [child] = await children()
    await write({ is_company: true, name: 'Renamed' })
    expect(await readOne(['display_name', 'commercial_partner_id', 'commercial_company_name'], child)).toEqual({
      id: child,
      display_name: 'Renamed, K1',
      commercial_partner_id: [partner, 'Renamed'],
      commercial_company_name: 'Renamed',
    })
  })

  test.each([
    ['missing', [[15]], {}, "write() missing 1 required positional argument: 'vals'"],
    ['unknown', [[15], {}], { foo: 1 }, "write() got an unexpected keyword argument 'foo'"],
    ['doubled', [[15], {}], { vals: {} }, "write() got multiple values for argument 'vals'"],
    ['too many', [[15], {}, 1], {}, 'write() takes 2 positional arguments but 3 were given'],
  ])('an argument that is %s is a TypeError', async (_case, args, kwargs, message) => {
    expect(await refusalOf(admin.call('res.partner', 'write', args, kwargs))).toEqual({
      exception: 'builtins.TypeError',
      message,
    })
  })
})
