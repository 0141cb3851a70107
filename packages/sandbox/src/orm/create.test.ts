import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()
const { readOne } = useGoldenPartner(admin)

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

  test('of a user makes its partner(); of a company, too', async () => {
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
