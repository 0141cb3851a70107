import type { Behaviour, Orm, Values } from '../../engine/contract.ts'
import { missingError, userError, validationError } from '../../fault/odoo-fault.ts'
import { everyone } from '../../models/same-for-all.ts'
import { isCopied } from '../../orm/copy.ts'
import { roundTo } from '../../value/float-round.ts'
import { dayText, momentText } from '../../value/moment.ts'
import { nextByCode } from '../ir/sequence.ts'
import { addressesOf } from './order-addresses.ts'
import { deriveOrderAmounts, lineAmountsToInvoice } from './order-line-amounts.ts'
import { statesOf, typeNames } from './order-state.ts'
import { ORDER_METHODS } from './order-steps.ts'

const MODEL = 'sale.order'
const DAY_MS = 24 * 3600 * 1000

/** Quotations and orders: who they are for decides addresses and terms, their lines what they come to. */
export const saleOrder: Behaviour = {
  computed: {
    access_url: (_orm, ids) => new Map(ids.map((id) => [id, `/my/orders/${id}`])),
    type_name: typeNames,
    is_expired: (orm, ids) => {
      const today = dayText(orm.engine.nowMs())
      return each(orm, ids, ['state', 'validity_date'], ({ state, validity_date: day }) => {
        return (state === 'draft' || state === 'sent') && typeof day === 'string' && day < today
      })
    },
    expected_date: (orm, ids) => each(orm, ids, ['date_order'], ({ date_order: date }) => date),
    amount_undiscounted: (orm, ids) =>
      overLines(orm, ids, ['price_subtotal', 'price_unit', 'product_uom_qty', 'discount'], (line) => {
        const discount = Number(line.discount)
        const whole = Number(line.price_unit) * Number(line.product_uom_qty)
        return discount === 100 ? whole : (Number(line.price_subtotal) * 100) / (100 - discount)
      }),
    amount_to_invoice: (orm, ids) =>
      each(orm, ids, ['order_line'], ({ order_line: lines }) => {
        const amounts = lineAmountsToInvoice(orm, Array.isArray(lines) ? lines : [])
        return roundTo(
          [...amounts.values()].reduce((sum, amount) => sum + amount, 0),
          2,
        )
      }),
    amount_invoiced: (_orm, ids) => everyone(ids, 0),
    amount_paid: (_orm, ids) => everyone(ids, 0),
    invoice_count: (_orm, ids) => everyone(ids, 0),
    tax_country_id: (orm, ids) => {
      const { account_fiscal_country_id: country } = companyValues(orm, ['account_fiscal_country_id'])
      return everyone(ids, country ?? false)
    },
    partner_credit_warning: (_orm, ids) => everyone(ids, ''),
    has_active_pricelist: (_orm, ids) => everyone(ids, false),
    has_archived_products: (_orm, ids) => everyone(ids, false),
    show_update_fpos: (_orm, ids) => everyone(ids, false),
    show_update_pricelist: (_orm, ids) => everyone(ids, false),
  },
  defaults: {
    company_id: (orm) => orm.companyIds()[0] ?? false,
    date_order: (orm) => momentText(orm.engine.nowMs()),
    currency_id: (orm) => companyValues(orm, ['currency_id']).currency_id,
    currency_rate: () => 1,
    require_signature: (orm) => companyValues(orm, ['portal_confirmation_sign']).portal_confirmation_sign,
    require_payment: (orm) => companyValues(orm, ['portal_confirmation_pay']).portal_confirmation_pay,
    prepayment_percent: (orm) => companyValues(orm, ['prepayment_percent']).prepayment_percent,
    validity_date: (orm) => {
      const days = Number(companyValues(orm, ['quotation_validity_days']).quotation_validity_days)
      return days > 0 ? dayText(orm.engine.nowMs() + days * DAY_MS) : false
    },
  },
  beforeCreate: (orm, given) => {
    const name = (given.name ?? 'New') === 'New' ? (nextByCode(orm, MODEL) ?? 'New') : given.name
    const partner = given.partner_id
    if (typeof partner !== 'number') return { ...given, name }
    const user = 'user_id' in given ? given.user_id : sellerFor(orm, partner)
    return { ...fromPartner(orm, partner), user_id: user, team_id: teamOf(orm, user), ...given, name }
  },
  beforeWrite: (orm, ids, values) => {
    if ('pricelist_id' in values && statesOf(orm, ids).includes('sale')) {
      throw userError("It's not allowed to change the pricelist of a confirmed order !")
    }
    if (typeof values.partner_id !== 'number') return values
    return { ...fromPartner(orm, values.partner_id), ...values }
  },
  derived: [
    { when: ['user_id'], run: followBySeller },
    { when: ['order_line', 'state'], run: (orm, ids) => deriveOrderAmounts(orm, ids) },
  ],
  checked: [{ when: ['date_order', 'state'], run: checkDate }],
  copied: (orm, id) => ({ order_line: copiedLines(orm, id) }),
  beforeUnlink: (orm, ids) => {
    if (statesOf(orm, ids).every((state) => state === 'draft' || state === 'cancel')) return
    throw userError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.')
  },
  methods: ORDER_METHODS,
}

function companyValues(orm: Orm, fields: readonly string[]): Values {
  const [company = 0] = orm.companyIds()
  return orm.asSuperuser().values('res.company', [company], fields).get(company) ?? {}
}

/** Addresses and terms of payment of a customer. */
function fromPartner(orm: Orm, partner: number): Record<string, unknown> {
  const reader = orm.asSuperuser()
  const record = reader.values('res.partner', [partner], ['property_payment_term_id']).get(partner)
  if (record === undefined) throw missingError('res.partner', [partner], orm.uid)
  const { invoice, delivery } = addressesOf(reader, partner)
  return {
    partner_invoice_id: invoice,
    partner_shipping_id: delivery,
    payment_term_id: record.property_payment_term_id,
  }
}

/** The salesperson of the customer, else the user, if he sells at all. */
function sellerFor(orm: Orm, partner: number): unknown {
  const own = orm.asSuperuser().values('res.partner', [partner], ['user_id']).get(partner)?.user_id
  if (own) return own
  return orm.user().groups.has('sales_team.group_sale_salesman') ? orm.uid : false
}

/** The team that the user is in, else the first one (crm_team.py, _get_default_team_id). */
function teamOf(orm: Orm, user: unknown): unknown {
  const reader = orm.asSuperuser()
  const teams = reader.search('crm.team', [])
  const members = reader.search('crm.team.member', [['user_id', '=', user]])
  const own = new Set(
    [...reader.values('crm.team.member', members, ['crm_team_id']).values()].map((one) => one.crm_team_id),
  )
  return teams.find((team) => own.has(team)) ?? teams[0] ?? false
}

function followBySeller(orm: Orm, ids: readonly number[]): void {
  for (const [id, { user_id: user }] of orm.values(MODEL, ids, ['user_id'])) {
    if (typeof user !== 'number' || user === orm.uid) continue
    const partner = orm.values('res.users', [user], ['partner_id']).get(user)?.partner_id
    orm.withContext({ tracking_disable: true }).write(MODEL, [id], { message_partner_ids: [[4, partner]] })
  }
}

function checkDate(orm: Orm, ids: readonly number[]): void {
  for (const { state, date_order: date } of orm.values(MODEL, ids, ['state', 'date_order']).values()) {
    if (state === 'sale' && date === false) {
      throw validationError('The operation cannot be completed: A confirmed sales order requires a confirmation date.')
    }
  }
}

function copiedLines(orm: Orm, id: number): unknown[] {
  const model = orm.model('sale.order.line')
  const names = [...model.fields.values()]
    .filter((field) => isCopied(model, field.name) && field.name !== 'order_id')
    .map((field) => field.name)
  const lines = orm.values(MODEL, [id], ['order_line']).get(id)?.order_line
  const records = orm.values('sale.order.line', Array.isArray(lines) ? lines : [], names)
  return (Array.isArray(lines) ? lines : []).map((line: number) => {
    const values = Object.entries(records.get(line) ?? {})
    return [
      0,
      0,
      Object.fromEntries(values.map(([name, value]) => [name, Array.isArray(value) ? [[6, 0, value]] : value])),
    ]
  })
}

function overLines(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  amount: (line: Values) => number,
): Map<number, unknown> {
  return each(orm, ids, ['order_line'], ({ order_line: lines }) => {
    const records = orm.values('sale.order.line', Array.isArray(lines) ? lines : [], fields)
    return [...records.values()].reduce((sum, line) => sum + amount(line), 0)
  })
}

function each(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  show: (order: Values) => unknown,
): Map<number, unknown> {
  return new Map([...orm.values(MODEL, ids, fields)].map(([id, order]) => [id, show(order)]))
}
