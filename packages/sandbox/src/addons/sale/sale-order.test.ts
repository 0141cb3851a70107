import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox
let admin: Client

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 18 })
  admin = await signIn(sandbox, 'admin')
})

afterAll(() => sandbox.close())

type Record_ = Readonly<Record<string, unknown>>

async function readOne(model: string, id: number, fields: string[]): Promise<Record_> {
  const [record = {}] = (await admin.call(model, 'read', [[id], fields])) as Record_[]
  return record
}

async function newOrder(lines: unknown[]): Promise<number> {
  const values = { partner_id: 10, order_line: lines.map((line) => [0, 0, line]) }
  return (await admin.call('sale.order', 'create', [values])) as number
}

const chair = { product_id: 5, product_uom_qty: 2, price_unit: 10.005 }

describe('a new order', () => {
  test('has a number, and what its customer stands for', async () => {
    const id = await newOrder([])
    expect(
      await readOne('sale.order', id, ['name', 'state', 'partner_invoice_id', 'payment_term_id', 'team_id']),
    ).toEqual({
      id,
      name: 'S00023',
      state: 'draft',
      partner_invoice_id: [10, 'Deco Addict'],
      payment_term_id: [4, '30 Days'],
      team_id: [1, 'Sales'],
    })
  })

  test('comes to the sum of its lines, prices rounded first', async () => {
    const id = await newOrder([chair])
    const amounts = ['amount_untaxed', 'amount_tax', 'amount_total']
    expect(await readOne('sale.order', id, amounts)).toEqual({
      id,
      amount_untaxed: 20.02,
      amount_tax: 0,
      amount_total: 20.02,
    })
  })

  test('has taxes on top, and follows changes of its lines', async () => {
    const product = await admin.call('product.product', 'create', [{ name: 'Taxed', lst_price: 12.5 }])
    const id = await newOrder([{ product_id: product, product_uom_qty: 3 }])
    expect(await readOne('sale.order', id, ['amount_tax', 'amount_total'])).toMatchObject({
      amount_tax: 5.63,
      amount_total: 43.13,
    })
    const { order_line: lines } = await readOne('sale.order', id, ['order_line'])
    await admin.call('sale.order.line', 'write', [lines, { product_uom_qty: 1, discount: 50 }])
    expect(await readOne('sale.order', id, ['amount_untaxed'])).toMatchObject({ amount_untaxed: 6.25 })
    await admin.call('sale.order.line', 'unlink', [lines])
    expect(await readOne('sale.order', id, ['amount_total'])).toMatchObject({ amount_total: 0 })
  })

  test('is copied with its lines', async () => {
    const id = await newOrder([chair])
    const [copy = 0] = (await admin.call('sale.order', 'copy', [[id]])) as number[]
    expect(await readOne('sale.order', copy, ['state', 'amount_total'])).toEqual({
      id: copy,
      state: 'draft',
      amount_total: 20.02,
    })
  })

  test('without a customer is refused', async () => {
    const refusal = await refusalOf(admin.call('sale.order', 'create', [{}]))
    expect(refusal.exception).toBe('odoo.exceptions.ValidationError')
    expect(refusal.message).toContain('Field: Customer (partner_id)')
  })
})

describe('the life of an order', () => {
  test('is confirmed once', async () => {
    const id = await newOrder([chair])
    expect(await admin.call('sale.order', 'action_confirm', [[id]])).toBe(true)
    expect(await readOne('sale.order', id, ['state', 'type_name'])).toEqual({
      id,
      state: 'sale',
      type_name: 'Sales Order',
    })
    expect(await refusalOf(admin.call('sale.order', 'action_confirm', [[id]]))).toEqual({
      exception: 'odoo.exceptions.UserError',
      message: 'Some orders are not in a state requiring confirmation.',
    })
  })

  test('is not deleted once it was sent or confirmed', async () => {
    const id = await newOrder([chair])
    await admin.call('sale.order', 'action_quotation_sent', [[id]])
    const refusal = await refusalOf(admin.call('sale.order', 'unlink', [[id]]))
    expect(refusal.message).toBe(
      'You can not delete a sent quotation or a confirmed sales order. You must first cancel it.',
    )
  })

  test('asks before it is cancelled, and is cancelled when nobody has to be asked', async () => {
    const id = await newOrder([chair])
    await admin.call('sale.order', 'action_confirm', [[id]])
    expect(await admin.call('sale.order', 'action_cancel', [[id]])).toMatchObject({ res_model: 'sale.order.cancel' })
    await admin.call('sale.order', 'action_cancel', [[id]], { context: { disable_cancel_warning: true } })
    expect(await readOne('sale.order', id, ['state'])).toEqual({ id, state: 'cancel' })
    await admin.call('sale.order', 'action_draft', [[id]])
    expect(await readOne('sale.order', id, ['state'])).toEqual({ id, state: 'draft' })
  })

  test('keeps its lines while it is locked', async () => {
    const id = await newOrder([chair])
    await admin.call('sale.order', 'action_confirm', [[id]])
    await admin.call('sale.order', 'action_lock', [[id]])
    const { order_line: lines } = await readOne('sale.order', id, ['order_line'])
    expect((await refusalOf(admin.call('sale.order.line', 'write', [lines, { price_unit: 1 }]))).message).toBe(
      'It is forbidden to modify the following fields in a locked order:\nUnit Price',
    )
    expect((await refusalOf(admin.call('sale.order', 'action_cancel', [[id]]))).message).toBe(
      'You cannot cancel a locked order. Please unlock it first.',
    )
  })
})

describe('who sees orders', () => {
  test('a customer those that it follows, and no others', async () => {
    const portal = await signIn(sandbox, 'portal')
    expect(await portal.call('sale.order', 'search', [[]], { order: 'id' })).toEqual([19, 20])
    const refusal = await refusalOf(portal.call('sale.order', 'read', [[1], ['name']]))
    expect(refusal.exception).toBe('odoo.exceptions.AccessError')
  })
})
