/** Fields whose changes are told in a note (`tracking` in odoo 18.0: mail, project, product, sale). */
export const TRACKED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'res.partner': ['name', 'email', 'phone', 'parent_id', 'user_id', 'vat'],
  'project.project': ['name', 'partner_id', 'user_id', 'privacy_visibility', 'date', 'stage_id', 'last_update_status'],
  'project.task': [
    'name',
    'priority',
    'stage_id',
    'state',
    'date_deadline',
    'project_id',
    'allocated_hours',
    'user_ids',
    'partner_id',
    'parent_id',
    'milestone_id',
    'depend_on_ids',
  ],
  'sale.order': [
    'name',
    'state',
    'partner_id',
    'partner_invoice_id',
    'partner_shipping_id',
    'payment_term_id',
    'user_id',
    'team_id',
    'amount_untaxed',
    'amount_total',
  ],
  'product.template': ['name', 'uom_id'],
  'product.pricelist': ['name', 'currency_id', 'company_id'],
}

/** The subtype that a change is told under when it is more than a note (`_track_subtype`), by its external name. */
export function trackedSubtype(model: string, changed: readonly string[], now: object): string | undefined {
  if (model === 'project.task' && changed.includes('stage_id')) return 'project.mt_task_stage'
  if (model === 'project.project' && changed.includes('stage_id')) return 'project.mt_project_stage_change'
  if (model === 'sale.order' && changed.includes('state') && 'state' in now) {
    if (now.state === 'sale') return 'sale.mt_order_confirmed'
    if (now.state === 'sent') return 'sale.mt_order_sent'
  }
  return undefined
}
