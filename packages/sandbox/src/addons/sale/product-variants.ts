import type { Derivation, Orm, Values } from '../../engine/contract.ts'

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
    const known = variantsKnown(orm, id)
    if (active === false) {
      setActive(orm, known, false)
      continue
    }
    const { choices, dynamic } = choicesOf(orm, idList(lines))
    const apart = exclusionsOf(orm, id)
    const wanted = combinations(choices).filter((list) => !list.some((value) => apart(value, list)))
    const values = orm.values('product.product', known, ['product_template_attribute_value_ids'])
    const keyOf = (list: readonly number[]): string => list.toSorted((a, b) => a - b).join(',')
    const have = new Map(
      [...values].map(([variant, record]) => [keyOf(idList(record.product_template_attribute_value_ids)), variant]),
    )
    const own = wanted.length === 1 ? sharedValues(orm, id) : {}
    const kept = wanted.flatMap((list) => {
      const variant = have.get(keyOf(list))
      if (variant !== undefined) return [variant]
      // Variants of dynamic attributes come when somebody orders them.
      return dynamic ? [] : [makeVariant(orm, id, list, own)]
    })
    setActive(orm, kept, true)
    for (const variant of known) if (!kept.includes(variant)) putAway(orm, variant)
  }
}

/** What follows for its product from a change of a line of attributes or of an exclusion. */
export function variantsFollow(model: string, when: readonly string[]): Derivation {
  return {
    when,
    run: (orm, ids) => {
      const products = [...orm.values(model, ids, ['product_tmpl_id']).values()]
      const templates = [...new Set(products.map((record) => Number(record.product_tmpl_id)))]
      // A product without variants is being made, and gets them when it has all its lines.
      const made = templates.filter((id) => variantsKnown(orm, id).length > 0)
      deriveVariants(orm, made)
    },
  }
}

function variantsKnown(orm: Orm, template: number): number[] {
  return orm.search('product.product', [['product_tmpl_id', '=', template]], { activeTest: false, order: 'id' })
}

type Choices = {
  /** The values that variants are made of, a list an attribute. */
  choices: number[][]
  /** Whether one of the attributes has variants made only when they are asked for. */
  dynamic: boolean
}

/** What a product can be chosen by; values of new lines are made on the way. */
function choicesOf(orm: Orm, lines: readonly number[]): Choices {
  const found: Choices = { choices: [], dynamic: false }
  const records = orm.values('product.template.attribute.line', lines, ['attribute_id', 'value_ids'])
  for (const line of lines) {
    const record = records.get(line)
    const attribute = Number(record?.attribute_id)
    const own = orm.values('product.attribute', [attribute], ['create_variant']).get(attribute)
    const values = idList(record?.value_ids).map((value) => templateValue(orm, line, value))
    if (own?.create_variant === 'no_variant' || values.length === 0) continue
    found.choices.push(values)
    found.dynamic ||= own?.create_variant === 'dynamic'
  }
  return found
}

/** Whether a value cannot be had together with one of others, as the exclusions of a product tell. */
function exclusionsOf(orm: Orm, template: number): (value: number, others: readonly number[]) => boolean {
  const ids = orm.search('product.template.attribute.exclusion', [['product_tmpl_id', '=', template]])
  const excluded = new Map<number, number[]>()
  const fields = ['product_template_attribute_value_id', 'value_ids']
  for (const record of orm.values('product.template.attribute.exclusion', ids, fields).values()) {
    const value = Number(record.product_template_attribute_value_id)
    excluded.set(value, [...(excluded.get(value) ?? []), ...idList(record.value_ids)])
  }
  return (value, others) => excluded.get(value)?.some((other) => others.includes(other)) ?? false
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
