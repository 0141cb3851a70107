import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

describe.each([
  [17, 'tree'],
  [18, 'list'],
  [19, 'list'],
] as const)('views of Odoo %s', (odooVersion, list) => {
  const { admin, as } = useSandbox({ odooVersion })
  const views = async (pairs: unknown, options = {}, model = 'res.partner.category') =>
    (await admin.call(model, 'get_views', [pairs], { options })) as {
      views: Record<string, { arch: string; id: unknown; model: string }>
      models: Record<string, Record<string, unknown>>
    }

  test('come by type, with the fields that they need', async () => {
    const answer = await views([
      [false, list],
      [false, 'form'],
      [false, 'search'],
    ])
    expect(Object.keys(answer.views)).toEqual([list, 'form', 'search'])
    expect(answer.views.form).toMatchObject({ id: expect.any(Number), model: 'res.partner.category' })
    expect(answer.views.form?.arch).toMatch(/^<form string="Contact Tag">.*<field name="name"\/>.*<\/form>$/)
    const told = answer.models['res.partner.category']
    const fields = odooVersion === 17 ? told : told?.fields
    expect(fields).toMatchObject({ name: { type: 'char', required: true }, write_date: { type: 'datetime' } })
  })

  test('of every model name fields that it has', async () => {
    for (const model of ['res.partner', 'res.users', 'res.company', 'project.task', 'project.project', 'res.country']) {
      const { views: found } = await views(
        [
          [false, list],
          [false, 'form'],
          [false, 'kanban'],
          [false, 'pivot'],
        ],
        {},
        model,
      )
      const known = (await admin.call(model, 'fields_get', [], { attributes: ['type'] })) as Record<string, unknown>
      for (const { arch } of Object.values(found)) {
        for (const [, name = ''] of arch.matchAll(/<field name="(\w+)"/g))
          expect(known, `${model}.${name}`).toHaveProperty(name)
      }
    }
  })

  test('may be asked for alone, by id or by type', async () => {
    const form = (await admin.call('res.partner.category', 'get_view', [], {})) as { id: number; models: object }
    expect(form.models).toEqual({ 'res.partner.category': expect.arrayContaining(['id', 'name', 'write_date']) })
    expect(await admin.call('res.partner.category', 'get_view', [form.id])).toEqual(form)
  })

  test.each([
    [
      'an unknown type',
      [[false, 'gantt']],
      'odoo.exceptions.UserError',
      "No default view of type 'gantt' could be found!",
    ],
    ['a name of JavaScript', [[false, 'constructor']], 'odoo.exceptions.UserError', /^No default view/],
    [
      'a calendar without days',
      [[false, 'calendar']],
      'odoo.exceptions.UserError',
      'Insufficient fields for Calendar View!',
    ],
    ['an unknown view', [[999_999, 'form']], 'odoo.exceptions.MissingError', /ir\.ui\.view\(999999,\)/],
    ['what is no pair', ['form'], 'builtins.ValueError', /unpack/],
    ['what is no list', 5, 'builtins.TypeError', /not iterable/],
  ])('are refused for %s', async (_case, pairs, exception, message) => {
    const refusal = await refusalOf(views(pairs))
    expect(refusal.exception).toBe(exception)
    expect(refusal.message).toMatch(message)
  })

  test('of a model that the user may not read are refused', async () => {
    const portal = await as('portal')
    const refusal = await refusalOf(portal.call('res.partner.category', 'get_views', [[[false, 'form']]]))
    expect(refusal.exception).toBe('odoo.exceptions.AccessError')
  })
})
