import type { MethodCall } from '../../engine/contract.ts'
import { windowAction } from '../../models/buttons/button.ts'

/** The orders of a contact and of everybody below it (odoo 18.0 sale/models/res_partner.py). */
export function viewOrders(call: MethodCall, id: number): unknown {
  const family = call.orm.search('res.partner', [['id', 'child_of', [id]]], { activeTest: false, order: 'id' })
  return windowAction(call, 'sale.act_res_partner_2_sale_order', { domain: [['partner_id', 'in', family]] })
}
