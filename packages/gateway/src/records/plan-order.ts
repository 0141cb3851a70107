import { recordErrors } from './errors.ts'
import { ownOrderReadable } from './model-lore.ts'
import { type OrderTerm, parseOrder, printOrder } from './parse-order.ts'
import { enter, type Place, type Planning, relatedModel, requireReadable } from './planning.ts'

const BY_ID: OrderTerm = { field: 'id', descending: false, nulls: undefined }

/**
 * Checks an order and writes it anew, with `id` at its end: without it, pages of equal values would overlap. Pure.
 *
 * To sort by a many2one is to sort by the related records' own order, so it is a hop into their model: exposed, without
 * a forced domain, and no field of that order withheld.
 *
 * @throws GatehouseError `order.*`, `field.unknown`, and the refusals of policy
 */
export function planOrder(planning: Planning, place: Place, order: string | undefined): string {
  const asked = order === undefined || order.trim() === '' ? [] : parseOrder(order)
  for (const term of asked) checkTerm(planning, place, term.field)
  return printOrder(asked.some((term) => term.field === 'id') ? asked : [...asked, BY_ID])
}

function checkTerm(planning: Planning, place: Place, name: string): void {
  const field = requireReadable(place, name)
  if (!field.sortable) {
    throw recordErrors['order.not_sortable']({
      message: `Odoo cannot sort "${place.schema.model}" by its field "${name}".`,
      data: { field: name },
    })
  }
  const model = relatedModel(field)
  if (model === undefined) return
  const target = enter(planning, 'read', model)
  if (target.rowFilter !== undefined || !ownOrderReadable(target.exposure)) {
    throw recordErrors['order.refused']({ data: { field: name } })
  }
}
