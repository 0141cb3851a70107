import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

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
    expect(Buffer.from(full?.image_128 ?? '', 'base64').toString()).toContain('PNG')
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
