import type { Consequence } from '../engine/contract.ts'
import { markupText } from '../value/markup-text.ts'

/**
 * A new user signs with the name. It is kept as Odoo keeps it: the mark on what is quoted in mails comes from its own
 * cleaning of HTML.
 */
export const userSignature: Consequence = {
  created(orm, model, id) {
    if (model.name !== 'res.users') return
    const { name, signature } = orm.values('res.users', [id], ['name', 'signature']).get(id) ?? {}
    if (signature) return
    const text = markupText(String(name || ''))
    orm.store('res.users', id, { signature: orm.engine.version.partners.signature(text) })
  },
}
