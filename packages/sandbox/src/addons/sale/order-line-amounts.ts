import type { Orm, Values } from '../../engine/contract.ts'
import { roundTo } from '../../value/float-round.ts'
import { lineAmounts, type Tax } from './tax.ts'

const LINE_FIELDS = [
  ...['order_id', 'product_id', 'display_type', 'product_uom_qty', 'price_unit', 'discount', 'tax_id', 'state'],
  ...['qty_delivered', 'qty_invoiced', 'is_downpayment', 'currency_id'],
]

/** Works out what lines come to and what of them is to be invoiced, then the totals of their orders. */
export function deriveLineAmounts(orm: Orm, ids: readonly number[]): void {
  const lines = orm.values('sale.order.line', ids, LINE_FIELDS)
  const policies = policiesOf(orm, [...lines.values()])
  for (const [id, line] of lines) {
    const quantity = Number(line.product_uom_qty)
    const reduced = Number(line.price_unit) * (1 - Number(line.discount) / 100)
    const { untaxed, total } = lineAmounts(reduced, quantity, taxesOf(orm, line.tax_id), 2)
    const counted = policies.get(Number(line.product_id)) === 'delivery' ? Number(line.qty_delivered) : quantity
    const toInvoice = line.state === 'sale' && !line.display_type ? counted - Number(line.qty_invoiced) : 0
    orm.store('sale.order.line', id, {
      price_subtotal: untaxed,
      price_total: total,
      price_tax: total - untaxed,
      price_reduce_taxexcl: quantity === 0 ? 0 : roundTo(untaxed / quantity, 2),
      price_reduce_taxinc: quantity === 0 ? 0 : roundTo(total / quantity, 2),
      qty_to_invoice: toInvoice,
      untaxed_amount_to_invoice: roundTo(reduced * Math.max(toInvoice, 0), 2),
      invoice_status: invoiceStatus(line, toInvoice, policies.get(Number(line.product_id))),
    })
  }
  const orders = [...lines.values()].map(({ order_id: order }) => order).filter((order) => typeof order === 'number')
  deriveOrderAmounts(orm, [...new Set(orders)])
}

/** Adds up the lines of orders, without those that are about to go. */
export function deriveOrderAmounts(orm: Orm, ids: readonly number[], leaving: readonly number[] = []): void {
  for (const [id, { order_line: all, state }] of orm.values('sale.order', ids, ['order_line', 'state'])) {
    const list = (Array.isArray(all) ? all : []).filter((line: number) => !leaving.includes(line))
    const fields = ['price_subtotal', 'price_total', 'invoice_status', 'is_downpayment', 'display_type']
    const lines = [...orm.values('sale.order.line', list, fields).values()]
    const untaxed = roundTo(sum(lines, 'price_subtotal'), 2)
    const total = roundTo(sum(lines, 'price_total'), 2)
    orm.store('sale.order', id, {
      amount_untaxed: untaxed,
      amount_tax: roundTo(total - untaxed, 2),
      amount_total: total,
      invoice_status: state === 'sale' ? orderStatus(lines) : 'no',
    })
  }
}

/** What a line still brings in, taxes included; drafts count in full (sale_order_line.py, _compute_amount_to_invoice). */
export function lineAmountsToInvoice(orm: Orm, ids: readonly number[]): Map<number, number> {
  const fields = ['product_id', 'product_uom_qty', 'qty_delivered', 'price_total']
  const lines = orm.values('sale.order.line', ids, fields)
  const policies = policiesOf(orm, [...lines.values()])
  return new Map(
    [...lines].map(([id, line]) => {
      const quantity = Number(line.product_uom_qty)
      const counted = policies.get(Number(line.product_id)) === 'delivery' ? Number(line.qty_delivered) : quantity
      return [id, quantity === 0 ? 0 : roundTo((Number(line.price_total) / quantity) * counted, 2)]
    }),
  )
}

function invoiceStatus(line: Values, toInvoice: number, policy: unknown): string {
  if (line.state !== 'sale') return 'no'
  if (toInvoice !== 0) return 'to invoice'
  const [quantity, delivered] = [Number(line.product_uom_qty), Number(line.qty_delivered)]
  if (policy === 'order' && quantity >= 0 && delivered > quantity) return 'upselling'
  return Number(line.qty_invoiced) >= quantity ? 'invoiced' : 'no'
}

function orderStatus(lines: readonly Values[]): string {
  const statuses = lines.filter((line) => !line.is_downpayment && !line.display_type).map((line) => line.invoice_status)
  if (statuses.includes('to invoice')) return 'to invoice'
  if (statuses.length > 0 && statuses.every((status) => status === 'invoiced')) return 'invoiced'
  if (statuses.length > 0 && statuses.every((status) => status === 'invoiced' || status === 'upselling'))
    return 'upselling'
  return 'no'
}

function policiesOf(orm: Orm, lines: readonly Values[]): Map<number, unknown> {
  const products = [...new Set(lines.map((line) => Number(line.product_id)))].filter((id) => id > 0)
  const found = orm.values('product.product', products, ['invoice_policy'])
  return new Map([...found].map(([id, { invoice_policy: policy }]) => [id, policy]))
}

/** The taxes of a line; a group counts as its parts. */
function taxesOf(orm: Orm, ids: unknown): Tax[] {
  const list: number[] = Array.isArray(ids) ? ids : []
  const fields = ['amount_type', 'amount', 'price_include', 'children_tax_ids']
  return [...orm.values('account.tax', list, fields).values()].flatMap((tax): Tax[] => {
    if (tax.amount_type === 'group') return taxesOf(orm, tax.children_tax_ids)
    const kind = tax.amount_type === 'fixed' || tax.amount_type === 'division' ? tax.amount_type : 'percent'
    return [{ kind, amount: Number(tax.amount), included: tax.price_include === true }]
  })
}

function sum(lines: readonly Values[], field: string): number {
  return lines.reduce((total, line) => total + Number(line[field]), 0)
}
