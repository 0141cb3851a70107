import type { Behaviour, Orm, Values } from '../../engine/contract.ts'
import { userError, validationError } from '../../fault/odoo-fault.ts'
import { everyone } from '../../models/same-for-all.ts'
import { deriveLineAmounts, deriveOrderAmounts, lineAmountsToInvoice } from './order-line-amounts.ts'

const MODEL = 'sale.order.line'

/** Fields of a line that nobody may change while its order is locked (sale_order_line.py, _get_protected_fields). */
const PROTECTED = [
  'product_id',
  'name',
  'price_unit',
  'product_uom',
  'product_uom_qty',
  'tax_id',
  'analytic_distribution',
  'discount',
]

/** Lines of orders: what they are about and cost follows from their product where nothing else is said. */
export const saleOrderLine: Behaviour = {
  names: lineNames,
  computed: {
    product_template_id: (orm, ids) => along(orm, ids, 'product_tmpl_id'),
    product_updatable: (orm, ids) =>
      each(orm, ids, ['qty_invoiced', 'qty_delivered'], (line) => !line.qty_invoiced && !line.qty_delivered),
    product_uom_readonly: (orm, ids) =>
      each(orm, ids, ['state'], ({ state }) => state === 'sale' || state === 'cancel'),
    is_product_archived: (orm, ids) =>
      each(orm, ids, ['product_id'], ({ product_id: product }) => isArchived(orm, product)),
    translated_product_name: (orm, ids) => productNames(orm, ids),
    amount_to_invoice: lineAmountsToInvoice,
    amount_invoiced: (_orm, ids) => everyone(ids, 0),
    qty_invoiced_posted: (_orm, ids) => everyone(ids, 0),
  },
  defaults: {
    sequence: () => 10,
    customer_lead: () => 0,
    product_uom_qty: () => 1,
    price_unit: () => 0,
    qty_delivered_method: () => 'manual',
  },
  beforeCreate: fromProduct,
  beforeWrite(orm, ids, values) {
    refuseLocked(orm, ids, values)
    refuseOtherType(orm, ids, values)
    return followProduct(orm, ids, values)
  },
  derived: [
    {
      when: [
        'order_id',
        'product_id',
        'product_uom_qty',
        'price_unit',
        'discount',
        'tax_id',
        'qty_delivered',
        'display_type',
      ],
      run: deriveLineAmounts,
    },
  ],
  checked: [{ when: ['product_id', 'display_type', 'product_uom_qty', 'price_unit', 'product_uom'], run: checkKind }],
  beforeUnlink(orm, ids) {
    const lines = orm.values(MODEL, ids, ['state', 'display_type', 'is_downpayment', 'order_id'])
    for (const line of lines.values()) {
      if (line.state === 'sale' && !line.display_type && !line.is_downpayment) {
        throw userError(
          "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets invoiced " +
            'or delivered).\n                Set the quantity to 0 instead.',
        )
      }
    }
    const orders = [...lines.values()].map(({ order_id: order }) => Number(order))
    deriveOrderAmounts(orm, [...new Set(orders)], ids)
  },
}

/** What a new line takes over from its product: its name, unit, price and taxes. */
function fromProduct(orm: Orm, given: Values): Values {
  if (given.display_type) return { product_uom_qty: 0, customer_lead: 0, ...given }
  const product = given.product_id
  if (typeof product !== 'number') return given
  const wanted = suggested(orm, product)
  return { ...wanted, technical_price_unit: given.price_unit ?? wanted.price_unit ?? 0, ...given }
}

/** What the product suggests (sale_order_line.py: _compute_name, _compute_price_unit, _compute_tax_id). */
function suggested(orm: Orm, product: number): Record<string, unknown> {
  const reader = orm.asSuperuser()
  const fields = ['lst_price', 'uom_id', 'taxes_id', 'description_sale']
  const record = reader.values('product.product', [product], fields).get(product)
  if (record === undefined) return {}
  const name = reader.names('product.product', [product]).get(product) ?? ''
  return {
    name: record.description_sale ? `${name}\n${record.description_sale}` : name,
    product_uom: record.uom_id,
    price_unit: record.lst_price,
    tax_id: [[6, 0, record.taxes_id]],
  }
}

/** A line that is given another product follows it, but keeps a price that somebody set by hand. */
function followProduct(orm: Orm, ids: readonly number[], values: Values): Values {
  if (typeof values.product_id !== 'number') return values
  const { price_unit: price, ...wanted } = suggested(orm, values.product_id)
  const lines = [...orm.values(MODEL, ids, ['price_unit', 'technical_price_unit']).values()]
  const byHand = lines.some((line) => line.price_unit !== line.technical_price_unit)
  return { ...wanted, ...(byHand ? {} : { price_unit: price }), technical_price_unit: price, ...values }
}

function refuseLocked(orm: Orm, ids: readonly number[], values: Values): void {
  const touched = PROTECTED.filter((name) => name in values)
  if (touched.length === 0) return
  const orders = [...orm.values(MODEL, ids, ['order_id']).values()].map(({ order_id: order }) => Number(order))
  const locked = [...orm.values('sale.order', orders, ['locked']).values()].some((order) => order.locked)
  if (!locked) return
  const labels = touched.map((name) => orm.model(MODEL).fields.get(name)?.label ?? name)
  throw userError(`It is forbidden to modify the following fields in a locked order:\n${labels.join('\n')}`)
}

function refuseOtherType(orm: Orm, ids: readonly number[], values: Values): void {
  if (!('display_type' in values)) return
  const wanted = values.display_type || false
  if ([...orm.values(MODEL, ids, ['display_type']).values()].every((line) => line.display_type === wanted)) return
  throw userError(
    'You cannot change the type of a sale order line. Instead you should delete the current line and create a new line ' +
      'of the proper type.',
  )
}

/** A line is about a product or says something; never both (the constraints of the table). */
function checkKind(orm: Orm, ids: readonly number[]): void {
  const fields = [
    'display_type',
    'product_id',
    'price_unit',
    'product_uom_qty',
    'product_uom',
    'is_downpayment',
    'customer_lead',
  ]
  for (const line of orm.values(MODEL, ids, fields).values()) {
    const about = line.product_id || line.price_unit || line.product_uom_qty || line.product_uom || line.customer_lead
    if (line.display_type && about) throw refusal('Forbidden values on non-accountable sale order line')
    if (!line.display_type && !line.is_downpayment && !(line.product_id && line.product_uom)) {
      throw refusal('Missing required fields on accountable sale order line.')
    }
  }
}

function refusal(sentence: string): Error {
  return validationError(`The operation cannot be completed: ${sentence}`)
}

/** `S00001 - [FURN_6667] Acoustic Bloc Screens (Wood) (Deco Addict)`: of the description its first line. */
function lineNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const lines = orm.values(MODEL, ids, ['name', 'order_id', 'order_partner_id', 'product_id'])
  const orders = orm.names('sale.order', idsIn(lines, 'order_id'))
  const partners = orm.names('res.partner', idsIn(lines, 'order_partner_id'))
  const products = orm.names('product.product', idsIn(lines, 'product_id'))
  return new Map(
    [...lines].map(([id, line]) => {
      const text = String(line.name || '').split('\n')[0] || products.get(Number(line.product_id)) || ''
      const partner = partners.get(Number(line.order_partner_id))
      const name = `${orders.get(Number(line.order_id)) ?? ''} - ${text}`
      return [id, partner === undefined ? name : `${name} (${partner})`]
    }),
  )
}

function productNames(orm: Orm, ids: readonly number[]): Map<number, unknown> {
  const lines = orm.values(MODEL, ids, ['product_id'])
  const names = orm.names('product.product', idsIn(lines, 'product_id'))
  return new Map([...lines].map(([id, { product_id: product }]) => [id, names.get(Number(product)) ?? false]))
}

function along(orm: Orm, ids: readonly number[], field: string): Map<number, unknown> {
  const lines = orm.values(MODEL, ids, ['product_id'])
  const products = orm.values('product.product', idsIn(lines, 'product_id'), [field])
  return new Map(
    [...lines].map(([id, { product_id: product }]) => [id, products.get(Number(product))?.[field] ?? false]),
  )
}

function isArchived(orm: Orm, product: unknown): boolean {
  return (
    typeof product === 'number' && orm.values('product.product', [product], ['active']).get(product)?.active === false
  )
}

function each(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  show: (line: Values) => unknown,
): Map<number, unknown> {
  return new Map([...orm.values(MODEL, ids, fields)].map(([id, line]) => [id, show(line)]))
}

function idsIn(records: ReadonlyMap<number, Values>, field: string): number[] {
  const found = [...records.values()].map((record) => record[field])
  return [...new Set(found)].filter((id): id is number => typeof id === 'number')
}
