import { checkRecords } from '../../access/check-records.ts'
import type { Method, MethodCall, Orm } from '../../engine/contract.ts'
import { userError } from '../../fault/odoo-fault.ts'
import { idsToChange, noSingleton } from '../../orm/record-ids.ts'
import { momentText } from '../../value/moment.ts'
import { randomUuid } from '../../value/uuid.ts'
import { subscribe } from '../mail/followers.ts'
import { deriveLineAmounts } from './order-line-amounts.ts'
import { statesOf, typeNames } from './order-state.ts'

const MODEL = 'sale.order'

/** Records of the installation that the actions name: mail templates and the form of the wizard. */
const QUOTATION_TEMPLATE = 13
const CONFIRMATION_TEMPLATE = 15
const CANCELLATION_TEMPLATE = 16
const CANCEL_FORM = 1088
const LAYOUT = 'mail.mail_notification_layout_with_responsible_signature'

/** The steps of an order's life, as its buttons call them (odoo 18.0 sale_order.py). */
export const ORDER_METHODS: readonly Method[] = [
  { name: 'action_confirm', on: 'records', params: [], run: confirm },
  { name: 'action_cancel', on: 'records', params: [], run: cancel },
  { name: 'action_draft', on: 'records', params: [], run: backToDraft },
  { name: 'action_quotation_sent', on: 'records', params: [], run: markSent },
  { name: 'action_quotation_send', on: 'records', params: [], run: (call) => compose(call.orm, ordersOf(call)) },
  { name: 'action_lock', on: 'records', params: [], run: (call) => setLocked(call, true) },
  { name: 'action_unlock', on: 'records', params: [], run: (call) => setLocked(call, false) },
  { name: 'action_view_invoice', on: 'records', params: ['invoices?'], run: viewInvoices },
  { name: 'action_preview_sale_order', on: 'records', params: [], run: preview },
]

function ordersOf(call: MethodCall): number[] {
  const ids = idsToChange(call)
  checkRecords(call.orm, call.model, ids, 'read')
  return ids
}

function confirm(call: MethodCall): true {
  const { orm } = call
  const ids = ordersOf(call)
  for (const state of statesOf(orm, ids)) {
    if (state !== 'draft' && state !== 'sent') throw userError('Some orders are not in a state requiring confirmation.')
  }
  checkLines(orm, ids)
  orm.write(MODEL, ids, { state: 'sale', date_order: momentText(orm.engine.nowMs()) })
  for (const [id, { partner_id: partner }] of orm.values(MODEL, ids, ['partner_id'])) {
    subscribe(orm, MODEL, [id], [Number(partner)])
  }
  refreshLines(orm, ids)
  if (orm.user().groups.has('sale.group_auto_done_setting')) orm.write(MODEL, ids, { locked: true })
  return true
}

function checkLines(orm: Orm, ids: readonly number[]): void {
  const lines = orm.search('sale.order.line', [
    ['order_id', 'in', ids],
    ['display_type', '=', false],
    ['is_downpayment', '=', false],
    ['product_id', '=', false],
  ])
  if (lines.length > 0) throw userError('A line on these orders missing a product, you cannot confirm it.')
}

/** Orders that were sent or confirmed ask first; the wizard's answer is the context key. */
function cancel(call: MethodCall): unknown {
  const { orm, model } = call
  const ids = ordersOf(call)
  if ([...orm.values(MODEL, ids, ['locked']).values()].some((order) => order.locked)) {
    throw userError('You cannot cancel a locked order. Please unlock it first.')
  }
  const asks =
    !orm.context.disable_cancel_warning && statesOf(orm, ids).some((state) => state !== 'draft' && state !== 'cancel')
  if (!asks) return cancelNow(orm, ids)
  const [id] = ids
  if (id === undefined || ids.length > 1) throw noSingleton(model, ids)
  const type = String(typeNames(orm, [id]).get(id))
  return {
    name: `Cancel ${type}`,
    view_mode: 'form',
    res_model: 'sale.order.cancel',
    view_id: CANCEL_FORM,
    type: 'ir.actions.act_window',
    context: {
      default_template_id: CANCELLATION_TEMPLATE,
      default_order_id: id,
      mark_so_as_canceled: true,
      default_email_layout_xmlid: LAYOUT,
      model_description: type,
    },
    target: 'new',
  }
}

/** Cancels without asking. */
function cancelNow(orm: Orm, ids: readonly number[]): true {
  orm.write(MODEL, ids, { state: 'cancel' })
  refreshLines(orm, ids)
  return true
}

function backToDraft(call: MethodCall): true {
  const { orm } = call
  const states = orm.values(MODEL, ordersOf(call), ['state'])
  const ids = [...states].filter(([, { state }]) => state === 'cancel' || state === 'sent').map(([id]) => id)
  orm.write(MODEL, ids, { state: 'draft', signature: false, signed_by: false, signed_on: false })
  refreshLines(orm, ids)
  return true
}

function markSent(call: MethodCall): void {
  const { orm } = call
  const ids = ordersOf(call)
  if (statesOf(orm, ids).some((state) => state !== 'draft')) {
    throw userError('Only draft orders can be marked as sent directly.')
  }
  for (const [id, { partner_id: partner }] of orm.values(MODEL, ids, ['partner_id'])) {
    subscribe(orm, MODEL, [id], [Number(partner)])
  }
  orm.write(MODEL, ids, { state: 'sent' })
}

function setLocked(call: MethodCall, locked: boolean): void {
  call.orm.write(MODEL, ordersOf(call), { locked })
}

/** The window in which the mail is written. */
function compose(orm: Orm, ids: readonly number[]): unknown {
  const [id] = ids
  const single = ids.length === 1 && id !== undefined
  const type = single ? typeNames(orm, [id]).get(id) : undefined
  const template = type === 'Quotation' ? QUOTATION_TEMPLATE : CONFIRMATION_TEMPLATE
  return {
    type: 'ir.actions.act_window',
    view_mode: 'form',
    res_model: 'mail.compose.message',
    views: [[false, 'form']],
    view_id: false,
    target: 'new',
    context: {
      default_model: MODEL,
      default_res_ids: ids,
      default_composition_mode: single ? 'comment' : 'mass_mail',
      default_email_layout_xmlid: LAYOUT,
      email_notification_allow_footer: true,
      proforma: orm.context.proforma ?? false,
      ...(single
        ? { force_email: true, model_description: type, default_template_id: template, mark_so_as_sent: true }
        : {}),
    },
  }
}

/** The sandbox has no invoices: the window is closed again, as Odoo does for an order without. */
function viewInvoices(call: MethodCall): unknown {
  const { orm } = call
  const ids = ordersOf(call)
  const [id] = ids
  const context: Record<string, unknown> = { default_move_type: 'out_invoice' }
  if (id !== undefined && ids.length === 1) {
    const fields = ['partner_id', 'partner_shipping_id', 'payment_term_id', 'name']
    const order = orm.values(MODEL, [id], fields).get(id)
    context.default_partner_id = order?.partner_id
    context.default_partner_shipping_id = order?.partner_shipping_id
    context.default_invoice_payment_term_id = order?.payment_term_id || null
    context.default_invoice_origin = order?.name
  }
  return { type: 'ir.actions.act_window_close', context }
}

function preview(call: MethodCall): unknown {
  const { orm } = call
  const [id = 0] = ordersOf(call)
  const known = orm.asSuperuser().values(MODEL, [id], ['access_token']).get(id)?.access_token
  const token = typeof known === 'string' ? known : randomUuid(orm.engine)
  orm.store(MODEL, id, { access_token: token })
  return { type: 'ir.actions.act_url', target: 'self', url: `/my/orders/${id}?access_token=${token}` }
}

/** What is to be invoiced of lines hangs on the state of their order. */
function refreshLines(orm: Orm, ids: readonly number[]): void {
  deriveLineAmounts(orm.asSuperuser(), orm.search('sale.order.line', [['order_id', 'in', ids]]))
}
