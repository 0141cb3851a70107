import type { Orm } from '../engine/contract.ts'
import { OdooFault } from '../fault/odoo-fault.ts'
import { pythonText } from '../value/python-text.ts'

const REFUSALS = {
  delete:
    'You cannot delete contacts linked to an active user.\nYou should rather archive them after archiving their ' +
    'associated user.',
  archive: 'You cannot archive contacts linked to an active user.\nYou first need to archive their associated user.',
} as const

/** Refuses to delete or archive partners of active users, and points at the first of these (odoo 18.0 res_partner.py). */
export function refuseActiveUsers(orm: Orm, ids: readonly number[], deed: keyof typeof REFUSALS): void {
  const users = orm.asSuperuser().search('res.users', [['partner_id', 'in', ids]])
  if (users.length === 0) return
  const names = [...orm.names('res.users', users).values()].join(', ')
  const text = `${REFUSALS[deed]}\n\nLinked active users : ${names}`
  const action = {
    type: 'ir.actions.act_window',
    res_model: 'res.users',
    context: { create: false },
    view_mode: 'form',
    views: [[orm.engine.version.userFormId, 'form']],
    res_id: users[0],
  }
  const args = [text, action, 'Go to users', null]
  throw new OdooFault('odoo.exceptions.RedirectWarning', args.map(pythonText).join('\n'), { args })
}
