import type { Behaviour, Orm } from '../../engine/contract.ts'
import { userError } from '../../fault/odoo-fault.ts'
import { companyCurrency } from '../../models/company-currency.ts'
import { checkNoLoop, derivePaths, pathNames } from '../../models/hierarchy.ts'
import { randomColor } from '../../models/random-color.ts'
import { everyone } from '../../models/same-for-all.ts'
import { variantsFollow } from './product-variants.ts'

/** Categories stand below one another; the first one is everything. */
const productCategory: Behaviour = {
  names: (orm, ids) => namePaths(orm, ids),
  computed: {
    product_count: (orm, ids) =>
      new Map(ids.map((id) => [id, orm.search('product.template', [['categ_id', 'child_of', id]]).length])),
  },
  derived: [
    { when: ['parent_id'], run: (orm, ids) => derivePaths(orm, 'product.category', ids) },
    {
      when: ['name', 'parent_id'],
      run: (orm, ids) => {
        const below = orm.search('product.category', [['id', 'child_of', ids]])
        for (const [id, name] of namePaths(orm, below)) orm.store('product.category', id, { complete_name: name })
      },
    },
  ],
  checked: [
    {
      when: ['parent_id'],
      run: (orm, ids) => checkNoLoop(orm, 'product.category', ids, userError('Recursion Detected.')),
    },
  ],
  beforeUnlink: (_orm, ids) => {
    if (ids.includes(1)) throw userError('You cannot delete this product category, it is the default generic category.')
  },
}

/** The path of a category by its own name, which `complete_name` is made of. */
function namePaths(orm: Orm, ids: readonly number[]): Map<number, string> {
  return pathNames(orm, 'product.category', ids, 'name')
}

const uomUom: Behaviour = {
  computed: {
    factor_inv: (orm, ids) => factors(orm, ids, (factor) => (factor === 0 ? 0 : 1 / factor)),
    ratio: (orm, ids) => {
      const records = orm.values('uom.uom', ids, ['factor', 'uom_type'])
      return new Map(
        [...records].map(([id, { factor, uom_type: type }]) => {
          const number = Number(factor)
          return [id, type === 'bigger' && number !== 0 ? 1 / number : number]
        }),
      )
    },
    color: (orm, ids) => {
      const records = orm.values('uom.uom', ids, ['uom_type'])
      return new Map([...records].map(([id, { uom_type: type }]) => [id, type === 'reference' ? 7 : 0]))
    },
  },
  beforeUnlink: (orm, ids) => {
    // The units that the modules bring along are among the first.
    const own = ids.filter((id) => id <= SHIPPED_UNITS)
    if (own.length === 0) return
    const names = [...orm.names('uom.uom', own).values()].join(', ')
    throw userError(
      `The following units of measure are used by the system and cannot be deleted: ${names}\nYou can archive them instead.`,
    )
  },
}

const SHIPPED_UNITS = 26

function factors(orm: Orm, ids: readonly number[], show: (factor: number) => number): Map<number, number> {
  return new Map([...orm.values('uom.uom', ids, ['factor'])].map(([id, { factor }]) => [id, show(Number(factor))]))
}

const uomCategory: Behaviour = {
  computed: {
    reference_uom_id: (orm, ids) =>
      new Map(
        ids.map((id) => {
          const domain = [
            ['category_id', '=', id],
            ['uom_type', '=', 'reference'],
          ]
          return [id, orm.search('uom.uom', domain, { limit: 1 })[0] ?? false]
        }),
      ),
  },
}

const accountTax: Behaviour = {
  computed: {
    price_include: (orm, ids) => {
      const records = orm.values('account.tax', ids, ['price_include_override', 'company_price_include'])
      return new Map(
        [...records].map(([id, { price_include_override: own, company_price_include: company }]) => [
          id,
          (own || company) === 'tax_included',
        ]),
      )
    },
  },
  defaults: {
    company_id: (orm) => orm.companyIds()[0] ?? false,
    country_id: (orm) => {
      const [company = 0] = orm.companyIds()
      const record = orm.asSuperuser().values('res.company', [company], ['account_fiscal_country_id']).get(company)
      return record?.account_fiscal_country_id ?? false
    },
    tax_group_id: (orm) => orm.asSuperuser().search('account.tax.group', [], { limit: 1 })[0] ?? false,
  },
}

const crmTeam: Behaviour = {
  computed: {
    member_ids: (orm, ids) => {
      const reader = orm.asSuperuser()
      return new Map(
        ids.map((id) => {
          const members = reader.search('crm.team.member', [['crm_team_id', '=', id]])
          return [
            id,
            [...reader.values('crm.team.member', members, ['user_id']).values()].map(({ user_id: user }) => user),
          ]
        }),
      )
    },
    is_favorite: (orm, ids) => {
      const records = orm.asSuperuser().values('crm.team', ids, ['favorite_user_ids'])
      return new Map(
        [...records].map(([id, { favorite_user_ids: users }]) => [id, Array.isArray(users) && users.includes(orm.uid)]),
      )
    },
    invoiced: (_orm, ids) => everyone(ids, 0),
    quotations_amount: (_orm, ids) => everyone(ids, 0),
    quotations_count: (orm, ids) => countOrders(orm, ids, [['state', 'in', ['draft', 'sent']]]),
    sale_order_count: (orm, ids) => countOrders(orm, ids, [['state', '=', 'sale']]),
    sales_to_invoice_count: (orm, ids) => countOrders(orm, ids, [['invoice_status', '=', 'to invoice']]),
  },
  defaults: { company_id: (orm) => orm.companyIds()[0] ?? false },
}

function countOrders(orm: Orm, ids: readonly number[], more: readonly unknown[]): Map<number, number> {
  return new Map(ids.map((id) => [id, orm.search('sale.order', [['team_id', '=', id], ...more]).length]))
}

/** What products are sorted, measured, taxed and sold by. */
export const CATALOG: Readonly<Record<string, Behaviour>> = {
  'product.category': productCategory,
  'uom.uom': uomUom,
  'uom.category': uomCategory,
  'account.tax': accountTax,
  'crm.team': crmTeam,
  'crm.tag': { defaults: { color: randomColor } },
  'product.tag': {
    computed: {
      product_ids: (orm, ids) => {
        const records = orm.values('product.tag', ids, ['product_product_ids'])
        return new Map([...records].map(([id, { product_product_ids: list }]) => [id, list]))
      },
    },
  },
  'product.attribute': { computed: { number_related_products: (_orm, ids) => everyone(ids, 0) } },
  'product.attribute.value': {
    names: attributeValueNames,
    computed: {
      default_extra_price_changed: (_orm, ids) => everyone(ids, false),
      is_used_on_products: (_orm, ids) => everyone(ids, false),
    },
    defaults: { color: randomColor },
  },
  'product.template.attribute.value': { defaults: { color: randomColor } },
  'product.template.attribute.line': {
    names: attributeLineNames,
    derived: [variantsFollow('product.template.attribute.line', ['value_ids', 'attribute_id'])],
  },
  'product.template.attribute.exclusion': {
    derived: [variantsFollow('product.template.attribute.exclusion', ['value_ids', 'product_tmpl_id'])],
  },
  'product.pricelist': {
    names: pricelistNames,
    defaults: { currency_id: companyCurrency },
  },
  'product.pricelist.item': {
    computed: {
      name: (_orm, ids) => everyone(ids, 'All Products'),
      price: (_orm, ids) => everyone(ids, ''),
      rule_tip: (_orm, ids) => everyone(ids, false),
    },
  },
  'account.payment.term': {
    computed: { currency_id: (orm, ids) => everyone(ids, companyCurrency(orm)) },
  },
}

/** `Color: White`, as far as the context does not keep the attribute out. */
function attributeValueNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values('product.attribute.value', ids, ['name', 'attribute_id'])
  const attributes = orm.names('product.attribute', [
    ...new Set([...records.values()].map((one) => Number(one.attribute_id))),
  ])
  const named = orm.context.show_attribute ?? true
  return new Map(
    [...records].map(([id, { name, attribute_id: attribute }]) => [
      id,
      named ? `${attributes.get(Number(attribute)) ?? ''}: ${name}` : String(name),
    ]),
  )
}

function attributeLineNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values('product.template.attribute.line', ids, ['attribute_id'])
  const names = orm.names('product.attribute', [
    ...new Set([...records.values()].map((one) => Number(one.attribute_id))),
  ])
  return new Map([...records].map(([id, { attribute_id: attribute }]) => [id, names.get(Number(attribute)) ?? '']))
}

function pricelistNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values('product.pricelist', ids, ['name', 'currency_id'])
  const currencies = orm.names('res.currency', [
    ...new Set([...records.values()].map((one) => Number(one.currency_id))),
  ])
  return new Map(
    [...records].map(([id, { name, currency_id: currency }]) => [
      id,
      `${name || ''} (${currencies.get(Number(currency)) ?? ''})`,
    ]),
  )
}
