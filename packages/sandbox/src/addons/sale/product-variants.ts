import type { Orm, Values } from '../../engine/contract.ts'

/**
 * Makes the variants that a product's attributes ask for, one for each combination of values, and puts away those that
 * no combination stands for any more (odoo 18.0 product_template.py, _create_variant_ids). A product that never had one
 * gets one.
 */
export function deriveVariants(orm: Orm, templates: readonly number[]): void {
  for (const [id, { active, attribute_line_ids: lines }] of orm.values('product.template', templates, [
    'active',
    'attribute_line_ids',
  ])) {
    const known = orm.search('product.product', [['product_tmpl_id', '=', id]], { activeTest: false, order: 'id' })
    if (active === false) {
      setActive(orm, known, false)
      continue
    }
    const wanted = combinations(valuesByLine(orm, idList(lines)))
    const values = orm.values('product.product', known, ['product_template_attribute_value_ids'])
    const keyOf = (list: readonly number[]): string => list.toSorted((a, b) => a - b).join(',')
    const have = new Map(
      [...values].map(([variant, record]) => [keyOf(idList(record.product_template_attribute_value_ids)), variant]),
    )
    const own = wanted.length === 1 ? sharedValues(orm, id) : {}
    const kept = wanted.map((list) => have.get(keyOf(list)) ?? makeVariant(orm, id, list, own))
    setActive(orm, kept, true)
    for (const variant of known) if (!kept.includes(variant)) putAway(orm, variant)
  }
}

/** The values that variants are made of, a list an attribute; values of new lines are made on the way. */
function valuesByLine(orm: Orm, lines: readonly number[]): number[][] {
  const records = orm.values('product.template.attribute.line', lines, ['attribute_id', 'value_ids'])
  return lines.flatMap((line) => {
    const record = records.get(line)
    const attribute = Number(record?.attribute_id)
    const own = orm.values('product.attribute', [attribute], ['create_variant']).get(attribute)
    const values = idList(record?.value_ids).map((value) => templateValue(orm, line, value))
    return own?.create_variant === 'no_variant' || values.length === 0 ? [] : [values]
  })
}

function templateValue(orm: Orm, line: number, value: number): number {
  const domain = [
    ['attribute_line_id', '=', line],
    ['product_attribute_value_id', '=', value],
  ]
  const [known] = orm.search('product.template.attribute.value', domain, { activeTest: false })
  if (known !== undefined) return known
  return orm.create('product.template.attribute.value', { attribute_line_id: line, product_attribute_value_id: value })
}

function combinations(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((made, list) => made.flatMap((head) => list.map((value) => [...head, value])), [[]])
}

/** What was written on the product and belongs to its only variant. */
function sharedValues(orm: Orm, template: number): Values {
  return orm.values('product.template', [template], ['default_code', 'weight', 'volume']).get(template) ?? {}
}

function makeVariant(orm: Orm, template: number, values: readonly number[], own: Values): number {
  return orm.create('product.product', {
    ...own,
    product_tmpl_id: template,
    product_template_attribute_value_ids: [[6, 0, values]],
  })
}

/** A variant that is on orders is archived, another one is deleted. */
function putAway(orm: Orm, variant: number): void {
  const used = orm.search('sale.order.line', [['product_id', '=', variant]], { limit: 1 })
  if (used.length > 0) setActive(orm, [variant], false)
  else orm.unlink('product.product', [variant])
}

function setActive(orm: Orm, variants: readonly number[], active: boolean): void {
  for (const [id, record] of orm.values('product.product', variants, ['active'])) {
    if (record.active !== active) orm.store('product.product', id, { active: active ? 1 : 0 })
  }
}

function idList(value: unknown): number[] {
  return Array.isArray(value) ? value : []
}
