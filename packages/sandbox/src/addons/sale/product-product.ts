import type { Behaviour, Orm, Values } from '../../engine/contract.ts'
import { validationError } from '../../fault/odoo-fault.ts'
import { everyone } from '../../models/same-for-all.ts'
import { inWords } from '../../version/in-words.ts'
import { codedName, variantsOf } from './product-template.ts'

const MODEL = 'product.product'

/** Variants: what is sold. Most of what they tell is told by their product. */
export const productProduct: Behaviour = {
  names: variantNames,
  computed: {
    code: (orm, ids) => each(orm, ids, ['default_code'], ({ default_code: code }) => code),
    partner_ref: (orm, ids) => variantNames(orm, ids),
    price_extra: (orm, ids) => extras(orm, ids),
    lst_price: (orm, ids) => {
      const extra = extras(orm, ids)
      return each(orm, ids, ['list_price'], ({ list_price: price }, id) => Number(price) + (extra.get(id) ?? 0))
    },
    is_product_variant: (_orm, ids) => everyone(ids, true),
    all_product_tag_ids: (orm, ids) =>
      each(orm, ids, ['product_tag_ids', 'additional_product_tag_ids'], (record) => [
        ...new Set([...listOf(record.product_tag_ids), ...listOf(record.additional_product_tag_ids)]),
      ]),
    can_image_1024_be_zoomed: (_orm, ids) => everyone(ids, false),
    pricelist_item_count: (_orm, ids) => everyone(ids, 0),
    product_document_count: (_orm, ids) => everyone(ids, 0),
    product_catalog_product_is_in_sale_order: (_orm, ids) => everyone(ids, false),
    sales_count: (_orm, ids) => everyone(ids, 0),
    ...Object.fromEntries(
      [1920, 1024, 512, 256, 128].map((size) => [
        `image_${size}`,
        (orm: Orm, ids: readonly number[]) => pictures(orm, ids),
      ]),
    ),
  },
  inverse: {
    lst_price: (orm, ids, value) => {
      for (const [id, extra] of extras(orm, ids)) orm.write(MODEL, [id], { list_price: Number(value) - extra })
    },
    image_1920: (orm, ids, value) => orm.write(MODEL, ids, { image_variant_1920: value }),
  },
  searched: {
    lst_price: (_orm, operator, value) => [['product_tmpl_id.list_price', operator, value]],
  },
  beforeCreate: withTemplate,
  derived: [{ when: ['default_code', 'weight', 'volume', 'active'], run: tellTemplate }],
  checked: [{ when: ['barcode'], run: checkBarcodes }],
  beforeUnlink: unlinkEmptyTemplates,
}

/** A variant that is made by itself gets a product of its own first, which does not make another variant. */
function withTemplate(orm: Orm, given: Values): Values {
  if (given.product_tmpl_id) return given
  const model = orm.model(MODEL)
  const own: Record<string, unknown> = {}
  const shared: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const storage = model.fields.get(name)?.storage
    const ofTemplate = storage?.kind === 'path' && storage.path[0] === 'product_tmpl_id'
    if (ofTemplate) shared[name] = value
    else own[name] = value
  }
  if ('lst_price' in own) {
    shared.list_price = own.lst_price
    delete own.lst_price
  }
  const maker = orm.asSuperuser().withContext({ create_product_product: false })
  return { ...own, product_tmpl_id: maker.create('product.template', shared) }
}

/** A product with a single variant shows its code and weights. */
function tellTemplate(orm: Orm, ids: readonly number[]): void {
  for (const { product_tmpl_id: template } of orm.values(MODEL, ids, ['product_tmpl_id']).values()) {
    if (typeof template !== 'number') continue
    const [only, another] = variantsOf(orm, template)
    const single = only === undefined || another !== undefined ? undefined : only
    const record =
      single === undefined ? undefined : orm.values(MODEL, [single], ['default_code', 'weight', 'volume']).get(single)
    const code = record?.default_code
    orm.store('product.template', template, {
      default_code: typeof code === 'string' ? code : null,
      weight: Number(record?.weight ?? 0),
      volume: Number(record?.volume ?? 0),
    })
  }
}

/** A product goes with its last variant (product_product.py, unlink). */
function unlinkEmptyTemplates(orm: Orm, ids: readonly number[]): void {
  const templates = new Set(
    [...orm.values(MODEL, ids, ['product_tmpl_id']).values()].map((one) => Number(one.product_tmpl_id)),
  )
  const empty = [...templates].filter((id) => {
    const all = orm.search(MODEL, [['product_tmpl_id', '=', id]], { activeTest: false })
    return all.every((variant) => ids.includes(variant))
  })
  if (empty.length > 0) orm.unlink('product.template', empty)
}

/** `[DESK0005] Customizable Desk (Custom, White)`: values of attributes that leave no choice are not named. */
function variantNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values(MODEL, ids, ['name', 'default_code', 'product_template_attribute_value_ids'])
  const values = [
    ...new Set([...records.values()].flatMap((record) => listOf(record.product_template_attribute_value_ids))),
  ]
  const attributes = orm.values('product.template.attribute.value', values, ['name', 'attribute_line_id'])
  const lines = [...new Set([...attributes.values()].map((one) => Number(one.attribute_line_id)))]
  const choices = orm.values('product.template.attribute.line', lines, ['value_ids'])
  return new Map(
    [...records].map(([id, record]) => {
      const named = listOf(record.product_template_attribute_value_ids)
        .map((value) => attributes.get(value))
        .filter((one) => listOf(choices.get(Number(one?.attribute_line_id))?.value_ids).length > 1)
        .map((one) => String(one?.name || ''))
      const name = named.length === 0 ? record.name : `${record.name || ''} (${named.join(', ')})`
      return [id, codedName(record.default_code, name)]
    }),
  )
}

/** Refuses a barcode that another product has (product_product.py, _check_barcode_uniqueness). */
function checkBarcodes(orm: Orm, ids: readonly number[]): void {
  const wanted = [...orm.values(MODEL, ids, ['barcode']).values()].map(({ barcode }) => barcode).filter((code) => code)
  const told = [...new Set(wanted)].flatMap((barcode) => {
    const holders = orm.search(MODEL, [['barcode', '=', barcode]])
    if (holders.length < 2) return []
    const names = orm.names(MODEL, holders)
    return [
      `- Barcode "${barcode}" already assigned to product(s): ${inWords(holders.map((id) => names.get(id) ?? ''))}`,
    ]
  })
  if (told.length === 0) return
  throw validationError(
    `Barcode(s) already assigned:\n\n${told.join('\n')}\n\nNote: products that you don't have access to will not be shown above.`,
  )
}

function extras(orm: Orm, ids: readonly number[]): Map<number, number> {
  const records = orm.values(MODEL, ids, ['product_template_attribute_value_ids'])
  return new Map(
    [...records].map(([id, { product_template_attribute_value_ids: values }]) => {
      const found = orm.values('product.template.attribute.value', listOf(values), ['price_extra'])
      return [id, [...found.values()].reduce((sum, value) => sum + Number(value.price_extra), 0)]
    }),
  )
}

function pictures(orm: Orm, ids: readonly number[]): Map<number, unknown> {
  const records = orm.values(MODEL, ids, ['image_variant_1920', 'product_tmpl_id'])
  return new Map(
    [...records].map(([id, { image_variant_1920: own, product_tmpl_id: template }]) => {
      if (own || typeof template !== 'number') return [id, own]
      return [id, orm.values('product.template', [template], ['image_1920']).get(template)?.image_1920 ?? false]
    }),
  )
}

function each(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  show: (record: Values, id: number) => unknown,
): Map<number, unknown> {
  return new Map([...orm.values(MODEL, ids, fields)].map(([id, record]) => [id, show(record, id)]))
}

function listOf(value: unknown): number[] {
  return Array.isArray(value) ? value : []
}
