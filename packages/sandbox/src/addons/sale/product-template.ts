import type { Behaviour, Orm, Values } from '../../engine/contract.ts'
import { companyCurrency } from '../../models/company-currency.ts'
import { everyone } from '../../models/same-for-all.ts'
import { deriveVariants } from './product-variants.ts'

const MODEL = 'product.template'

/** Products as a whole; what is sold and counted are their variants. */
export const productTemplate: Behaviour = {
  names: (orm, ids) => {
    const records = orm.values(MODEL, ids, ['name', 'default_code'])
    return new Map([...records].map(([id, record]) => [id, codedName(record.default_code, record.name)]))
  },
  computed: {
    barcode: (orm, ids) => ofSingleVariant(orm, ids, 'barcode', false),
    standard_price: (orm, ids) => ofSingleVariant(orm, ids, 'standard_price', 0),
    product_variant_id: (orm, ids) => variants(orm, ids, (list) => list[0] ?? false),
    product_variant_count: (orm, ids) => variants(orm, ids, (list) => list.length),
    currency_id: (orm, ids) => everyone(ids, companyCurrency(orm)),
    cost_currency_id: (orm, ids) => everyone(ids, companyCurrency(orm)),
    is_product_variant: (_orm, ids) => everyone(ids, false),
    pricelist_item_count: (_orm, ids) => everyone(ids, 0),
    product_document_count: (_orm, ids) => everyone(ids, 0),
    sales_count: (_orm, ids) => everyone(ids, 0),
    visible_expense_policy: (_orm, ids) => everyone(ids, false),
    valid_product_template_attribute_line_ids: (orm, ids) => {
      const records = orm.values(MODEL, ids, ['attribute_line_ids'])
      return new Map([...records].map(([id, { attribute_line_ids: lines }]) => [id, lines]))
    },
    volume_uom_name: (_orm, ids) => everyone(ids, 'm³'),
    weight_uom_name: (_orm, ids) => everyone(ids, 'kg'),
  },
  inverse: {
    barcode: (orm, ids, value) => toSingleVariant(orm, ids, { barcode: value }),
    standard_price: (orm, ids, value) => toSingleVariant(orm, ids, { standard_price: value }),
  },
  searched: {
    barcode: (_orm, operator, value) => [['product_variant_ids.barcode', operator, value]],
    standard_price: (_orm, operator, value) => [['product_variant_ids.standard_price', operator, value]],
  },
  defaults: {
    categ_id: (orm) => orm.asSuperuser().search('product.category', [], { order: 'id', limit: 1 })[0] ?? false,
    uom_id: firstUnit,
    uom_po_id: firstUnit,
    taxes_id: (orm) => [[6, 0, defaultTaxes(orm, 'sale')]],
    supplier_taxes_id: (orm) => [[6, 0, defaultTaxes(orm, 'purchase')]],
  },
  beforeCreate: (_orm, values) => ('uom_id' in values ? { uom_po_id: values.uom_id, ...values } : values),
  derived: [
    {
      when: ['attribute_line_ids', 'active'],
      run: (orm, ids) => {
        // Who makes a variant makes its product on the way; then the variant is there already.
        if (orm.context.create_product_product !== false) deriveVariants(orm, ids)
      },
    },
    { when: ['default_code', 'weight', 'volume'], run: (orm, ids) => passToVariant(orm, ids) },
  ],
}

/** `[FURN_7777] Office Chair`, or the name alone. */
export function codedName(code: unknown, name: unknown): string {
  return code ? `[${code}] ${name || ''}` : String(name || '')
}

/** The variants of a product, archived ones too when it is archived itself. */
export function variantsOf(orm: Orm, id: number): number[] {
  const active = orm.values(MODEL, [id], ['active']).get(id)?.active === true
  return orm.search('product.product', [['product_tmpl_id', '=', id]], { activeTest: active, order: 'id' })
}

function variants(orm: Orm, ids: readonly number[], show: (list: number[]) => unknown): Map<number, unknown> {
  const reader = orm.asSuperuser()
  return new Map(ids.map((id) => [id, show(variantsOf(reader, id))]))
}

function ofSingleVariant(orm: Orm, ids: readonly number[], field: string, otherwise: unknown): Map<number, unknown> {
  const reader = orm.asSuperuser()
  return variants(orm, ids, ([only, another]) => {
    if (only === undefined || another !== undefined) return otherwise
    return reader.values('product.product', [only], [field]).get(only)?.[field] ?? otherwise
  })
}

function toSingleVariant(orm: Orm, ids: readonly number[], values: Values): void {
  for (const id of ids) {
    // A product that is being made has its variants made now, unless its variant is what is being made.
    const known = variantsOf(orm.asSuperuser(), id)
    if (known.length === 0 && orm.context.create_product_product !== false) deriveVariants(orm.asSuperuser(), [id])
    const list = known.length === 0 ? variantsOf(orm.asSuperuser(), id) : known
    if (list.length === 1) orm.write('product.product', list, values)
  }
}

/** The code and the weights that were written on a product are those of its only variant. */
function passToVariant(orm: Orm, ids: readonly number[]): void {
  for (const [id, record] of orm.values(MODEL, ids, ['default_code', 'weight', 'volume'])) {
    const [only, another] = variantsOf(orm, id)
    if (only === undefined || another !== undefined) continue
    const { default_code: code, weight, volume } = record
    orm.store('product.product', only, {
      default_code: typeof code === 'string' ? code : null,
      weight: Number(weight),
      volume: Number(volume),
    })
  }
}

function firstUnit(orm: Orm): unknown {
  return orm.asSuperuser().search('uom.uom', [], { order: 'id', limit: 1 })[0] ?? false
}

/** The tax of the company for that use: the first one that there is. */
function defaultTaxes(orm: Orm, use: 'sale' | 'purchase'): number[] {
  return orm.asSuperuser().search('account.tax', [['type_tax_use', '=', use]], { limit: 1 })
}
