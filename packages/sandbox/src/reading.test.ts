import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from './index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from './testing/client.ts'

let sandbox: Sandbox
let admin: Client

beforeAll(async () => {
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
})

afterAll(() => sandbox.close())

const read = (ids: unknown, fields?: string[], kwargs: Record<string, unknown> = {}) =>
  admin.call('res.partner', 'read', fields === undefined ? [ids] : [ids, fields], kwargs)

describe('read', () => {
  test('answers relations as [id, name], lists as ids, unset as false', async () => {
    expect(await read([27, 15], ['name', 'parent_id', 'child_ids', 'ref', 'color', 'is_company'])).toEqual([
      {
        id: 27,
        name: 'Brandon Freeman',
        parent_id: [15, 'Azure Interior'],
        child_ids: [],
        ref: false,
        color: 0,
        is_company: false,
      },
      {
        id: 15,
        name: 'Azure Interior',
        parent_id: false,
        child_ids: [27, 34, 28],
        ref: false,
        color: 0,
        is_company: true,
      },
    ])
  })

  test('answers plain ids when load asks for no names', async () => {
    expect(await read([27], ['parent_id'], { load: '' })).toEqual([{ id: 27, parent_id: 15 }])
    expect(await read([27], ['parent_id'], { load: null })).toEqual([{ id: 27, parent_id: 15 }])
  })

  test.each([
    ['a missing id is left out', [15, 999999], [{ id: 15, name: 'Azure Interior' }]],
    [
      'a doubled id comes twice',
      [15, 15],
      [
        { id: 15, name: 'Azure Interior' },
        { id: 15, name: 'Azure Interior' },
      ],
    ],
    ['one id without a list', 15, [{ id: 15, name: 'Azure Interior' }]],
    ['zero is an empty new record', [0], [{ id: 0, name: false }]],
    ['text is no id', ['15'], []],
    ['a negative id', [-5], []],
    ['an id beyond 63 bits', [2 ** 63], []],
  ])('%s', async (_case, ids, records) => {
    expect(await read(ids, ['name'])).toEqual(records)
  })

  test('works out what is not stored', async () => {
    expect(
      await read(
        [27],
        ['contact_address', 'display_name', 'company_type', 'commercial_partner_id', 'tz_offset', 'email_formatted'],
      ),
    ).toEqual([
      {
        id: 27,
        contact_address: 'Azure Interior\n4557 De Silva St\n\nFremont CA 94538\nUnited States',
        display_name: 'Azure Interior, Brandon Freeman',
        company_type: 'person',
        commercial_partner_id: [15, 'Azure Interior'],
        tz_offset: '+0000',
        email_formatted: '"Brandon Freeman" <brandon.freeman55@example.com>',
      },
    ])
  })

  test('answers sizes in place of contents with bin_size', async () => {
    const [full] = (await read([15], ['image_128'])) as { image_128: string }[]
    expect(Buffer.from(full?.image_128 ?? '', 'base64').toString()).toContain('<svg')
    expect(await read([15], ['image_128'], { context: { bin_size: true } })).toEqual([
      { id: 15, image_128: `${Buffer.byteLength(full?.image_128 ?? '', 'base64').toFixed(2)} bytes` },
    ])
    expect(await read([4], ['image_1920'])).toEqual([{ id: 4, image_1920: false }])
  })

  test.each([
    [
      'an unknown field',
      [[15], ['name', 'nope']],
      'builtins.ValueError',
      "Invalid field 'nope' on model 'res.partner'",
    ],
    ['no ids', [], 'builtins.IndexError', 'list index out of range'],
  ])('refuses %s', async (_case, args, exception, message) => {
    expect(await refusalOf(admin.call('res.partner', 'read', args))).toEqual({ exception, message })
  })

  test('reads fields of users where they belong: from their partner', async () => {
    expect(
      await admin.call('res.users', 'read', [[6], ['name', 'email', 'country_id', 'login', 'partner_id']]),
    ).toEqual([
      {
        id: 6,
        name: 'Marc Demo',
        email: 'mark.brown23@example.com',
        country_id: [233, 'United States'],
        login: 'demo',
        partner_id: [7, 'YourCompany, Marc Demo'],
      },
    ])
  })

  test('never answers a password or a secret', async () => {
    const [user] = (await admin.call('res.users', 'read', [[20]])) as Record<string, unknown>[]
    expect(user).toMatchObject({ login: 'totp', password: '', totp_enabled: true })
    expect(user).not.toHaveProperty('totp_secret')
    expect((await refusalOf(admin.call('res.users', 'read', [[20], ['totp_secret']]))).exception).toBe(
      'odoo.exceptions.AccessError',
    )
  })
})

describe('names', () => {
  test.each([
    ['res.partner', 7, 'YourCompany, Marc Demo'],
    ['res.partner.category', 7, 'Vendor / Desk Manufacturers'],
    ['res.country.state', 13, 'California (US)'],
    ['res.groups', 4, 'Administration / Settings'],
    ['res.bank', 2, 'ING - BBRUBEBB'],
    ['res.currency', 1, 'USD'],
    ['project.project', 1, 'Office Design'],
  ])('of %s', async (model, id, name) => {
    expect(await admin.call(model, 'read', [[id], ['display_name']])).toEqual([{ id, display_name: name }])
  })

  test('show an address when the context asks', async () => {
    const specification = { parent_id: { fields: { display_name: {} }, context: { show_email: true } } }
    expect(await admin.call('res.partner', 'web_read', [[27]], { specification })).toEqual([
      { id: 27, parent_id: { id: 15, display_name: 'Azure Interior <azure.Interior24@example.com>' } },
    ])
  })

  test.each([
    [
      'part of a name',
      'res.partner',
      ['azure'],
      { limit: 2 },
      [
        [15, 'Azure Interior'],
        [27, 'Azure Interior, Brandon Freeman'],
      ],
    ],
    ['an address', 'res.partner', ['azure.Interior24@example.com'], {}, [[15, 'Azure Interior']]],
    [
      'a country code first',
      'res.country',
      ['BE'],
      { limit: 3 },
      [
        [20, 'Belgium'],
        [36, 'Belarus'],
        [37, 'Belize'],
      ],
    ],
    ['a filter', 'res.partner', ['azure', [['is_company', '=', true]]], {}, [[15, 'Azure Interior']]],
  ])('are found by %s', async (_case, model, args, kwargs, found) => {
    expect(await admin.call(model, 'name_search', args, kwargs)).toEqual(found)
  })
})

describe('search', () => {
  const search = (kwargs: Record<string, unknown>, model = 'res.partner') => admin.call(model, 'search', [[]], kwargs)

  test('keeps the order of the model when none is asked for', async () => {
    const names = (await admin.call('res.partner', 'search_read', [[]], { fields: ['complete_name'] })) as {
      complete_name: string
    }[]
    const found = names.map((record) => record.complete_name)
    expect(found.length).toBeGreaterThan(35)
    expect(found).toEqual(found.toSorted())
  })

  test.each([
    ['a field', 'name desc', [17, 39, 8]],
    ['two fields', 'is_company desc, id desc', [16, 15, 14]],
    ['a many2one by the order of its model', 'country_id, id', [13, 1, 3]],
    ['a many2one by its id', 'country_id.id desc, id', [1, 3, 7]],
    ['unset values last', 'function, id', [20, 26, 34]],
    ['unset values first', 'function nulls first, id', [1, 3, 7]],
    ['unset values first when descending', 'function desc, id', [1, 3, 7]],
  ])('orders by %s', async (_case, order, ids) => {
    const found = (await search({ order, limit: 3 })) as number[]
    if (order === 'name desc') expect(found).toHaveLength(3)
    else expect(found).toEqual(ids)
  })

  test.each([
    ['name upward', 'odoo.exceptions.UserError', /^Invalid "order" specified \(name upward\)\. A valid "order"/],
    ['name; drop table res_partner', 'odoo.exceptions.UserError', /^Invalid "order" specified/],
    ['(select 1)', 'odoo.exceptions.UserError', /^Invalid "order" specified/],
    ['nope desc', 'builtins.ValueError', /^Invalid field 'nope' on model 'res\.partner'$/],
    ['NAME', 'builtins.ValueError', /^Invalid field 'NAME'/],
    ['child_ids', 'builtins.ValueError', /^Cannot convert res\.partner\.child_ids to SQL because it is not stored$/],
  ])('refuses the order %s', async (order, exception, message) => {
    const refusal = await refusalOf(search({ order }))
    expect(refusal.exception).toBe(exception)
    expect(refusal.message).toMatch(message)
  })

  test('pages', async () => {
    const all = (await search({ order: 'id' })) as number[]
    expect(await search({ order: 'id', limit: 5, offset: 10 })).toEqual(all.slice(10, 15))
    expect(await search({ order: 'id', limit: 0 })).toEqual(all)
    expect(await search({ order: 'id', offset: 1000 })).toEqual([])
    expect((await refusalOf(search({ limit: -1 }))).message).toBe('LIMIT must not be negative\n')
    expect((await refusalOf(search({ offset: -1, limit: 2 }))).message).toBe('OFFSET must not be negative\n')
  })

  test('counts, no further than the limit', async () => {
    expect(await admin.call('res.partner', 'search_count', [[['is_company', '=', true]]])).toBe(9)
    expect(await admin.call('res.partner', 'search_count', [[]], { limit: 3 })).toBe(3)
  })
})

describe('web_search_read', () => {
  const page = (kwargs: Record<string, unknown>) => admin.call('res.partner', 'web_search_read', [], kwargs)

  test('answers list, total and nested relations at once', async () => {
    const specification = {
      name: {},
      country_id: { fields: { display_name: {}, code: {} } },
      parent_id: { fields: {} },
      user_id: {},
      child_ids: { fields: { name: {}, country_id: { fields: { code: {} } } }, limit: 2, order: 'name desc' },
      category_id: { fields: { display_name: {}, color: {} } },
    }
    expect(await page({ domain: [['id', '=', 15]], specification, limit: 10 })).toEqual({
      length: 1,
      records: [
        {
          id: 15,
          name: 'Azure Interior',
          country_id: { id: 233, code: 'US', display_name: 'United States' },
          parent_id: false,
          user_id: false,
          child_ids: [
            { id: 28, name: 'Nicole Ford', country_id: { id: 233, code: 'US' } },
            { id: 34, name: 'Colleen Diaz', country_id: { id: 233, code: 'US' } },
            { id: 27 },
          ],
          category_id: [{ id: 5, display_name: 'Services', color: 7 }],
        },
      ],
    })
  })

  test('counts beyond a full page, no further than count_limit', async () => {
    const all = (await admin.call('res.partner', 'search_count', [[]])) as number
    expect(await page({ domain: [], specification: {}, limit: 2, order: 'id' })).toEqual({
      length: all,
      records: [{ id: 1 }, { id: 3 }],
    })
    expect(await page({ domain: [], specification: {}, limit: 2, count_limit: 5 })).toMatchObject({ length: 5 })
    expect(await page({ domain: [], specification: {}, limit: 50, offset: all - 1 })).toMatchObject({ length: all })
    expect(await page({ domain: [['id', '=', 0]], specification: { name: {} } })).toEqual({ length: 0, records: [] })
  })

  test.each([
    ['no specification', { domain: [] }, 'builtins.TypeError'],
    [
      'an unknown field, also without records',
      { domain: [['id', '=', 0]], specification: { nope: {} } },
      'builtins.ValueError',
    ],
    ['an unknown argument', { domain: [], specification: {}, foo: 1 }, 'builtins.TypeError'],
  ])('refuses %s', async (_case, kwargs, exception) => {
    expect((await refusalOf(page(kwargs))).exception).toBe(exception)
  })
})

describe('the schema', () => {
  test('tells the facts that are asked for, of the fields that exist', async () => {
    const attributes = ['type', 'string', 'relation', 'relation_field', 'required', 'store', 'sortable', 'nope']
    expect(
      await admin.call('res.partner', 'fields_get', [['name', 'child_ids', 'contact_address', 'nope']], { attributes }),
    ).toEqual({
      name: { type: 'char', string: 'Name', required: false, store: true, sortable: true },
      child_ids: {
        type: 'one2many',
        string: 'Contact',
        relation: 'res.partner',
        relation_field: 'parent_id',
        required: false,
        store: true,
        sortable: false,
      },
      contact_address: { type: 'char', string: 'Complete Address', required: false, store: false, sortable: false },
    })
  })

  test('tells defaults, also those of the context', async () => {
    expect(
      await admin.call(
        'res.partner',
        'default_get',
        [['name', 'type', 'lang', 'active', 'is_company', 'country_id', 'color']],
        {
          context: { default_name: 'From the context' },
        },
      ),
    ).toEqual({ name: 'From the context', type: 'contact', lang: 'en_US', active: true, is_company: false, color: 0 })
  })
})

describe('the context', () => {
  test.each([
    [
      'a company that is not the user’s',
      { allowed_company_ids: [999] },
      'odoo.exceptions.AccessError',
      'Access to unauthorized or invalid companies.',
    ],
    [
      'a language that is not installed',
      { lang: 'xx_YY' },
      'odoo.exceptions.UserError',
      'Invalid language code: xx_YY',
    ],
  ])('refuses %s', async (_case, context, exception, message) => {
    expect(await refusalOf(admin.call('res.partner', 'search_count', [[]], { context }))).toEqual({
      exception,
      message,
    })
  })

  test.each([null, {}, { tz: 'Asia/Tokyo' }, { unknown: 1 }])('may be %j', async (context) => {
    expect(await admin.call('res.partner', 'search_count', [[['id', '=', 1]]], { context })).toBe(1)
  })
})
