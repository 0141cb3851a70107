import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()
const { id: partner, readOne } = useGoldenPartner(admin)

const children = async () => (await readOne(['child_ids']))?.child_ids as number[]

describe('unlink', () => {
  test('answers true once, then the record is missing', async () => {
    expect(await admin.call('res.partner', 'unlink', [[partner()]])).toBe(true)
    expect(await admin.call('res.partner', 'read', [[partner()], ['name']])).toEqual([])
    expect((await refusalOf(admin.call('res.partner', 'unlink', [[partner()]]))).exception).toBe(
      'odoo.exceptions.MissingError',
    )
  })

  test('takes along what cannot be without it, and frees what can', async () => {
    const [child] = await children()
    await admin.call('res.partner.bank', 'create', [{ acc_number: '1', partner_id: partner() }])
    await admin.call('res.partner', 'unlink', [[partner()]])
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
