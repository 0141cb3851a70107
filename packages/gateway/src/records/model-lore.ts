import type { Exposure } from '../policy/api.ts'
import { fieldReadable } from '../policy/field-access.ts'

/**
 * What Odoo reads of a model on its own, without a request naming the fields. Odoo tells nobody, so it is written down
 * here for the models of its base and project modules.
 *
 * - `searchedByName`: what `name_search`, and a condition on `display_name`, looks into;
 * - `holdsOthersNames`: the one of these that is made of the names of other records (`Azure Interior, Brandon Freeman`);
 * - `orderedBy`: what records are sorted by when another model is sorted by a many2one to them;
 * - `parent`: the many2one that `child_of` and `parent_of` walk along; `parent_id` when absent.
 *
 * A model that is not in the table may be searched by name or sorted by only where the API withholds no field of it.
 * Sources: `_rec_names_search`, `_order` and `_parent_name` of odoo 14.0 to 19.0; all versions together.
 */
const MODEL_LORE: Readonly<Record<string, ModelLore>> = {
  'res.partner': {
    searchedByName: ['name', 'email', 'ref', 'vat', 'company_registry'],
    holdsOthersNames: 'complete_name',
    orderedBy: ['name'],
  },
  'res.users': { searchedByName: ['name', 'login'], orderedBy: ['name', 'login'] },
  'res.company': { searchedByName: ['name'], orderedBy: ['sequence', 'name'] },
  'res.country': { searchedByName: ['name', 'code'], orderedBy: ['name'] },
  'res.country.state': { searchedByName: ['name', 'code', 'country_id'], orderedBy: ['code'] },
  'res.currency': { searchedByName: ['name', 'full_name'], orderedBy: ['active', 'name'] },
  'res.bank': { searchedByName: ['name', 'bic'], orderedBy: ['name'] },
  'res.partner.bank': { searchedByName: ['acc_number', 'bank_id', 'partner_id'], orderedBy: ['sequence'] },
  'res.partner.category': { searchedByName: ['name', 'parent_id'], orderedBy: ['name'] },
  'project.project': { searchedByName: ['name', 'partner_id'], orderedBy: ['sequence', 'name'] },
  'project.task': { searchedByName: ['name'], orderedBy: ['priority', 'sequence', 'date_deadline'] },
  'project.task.type': { searchedByName: ['name'], orderedBy: ['sequence'] },
  'project.project.stage': { searchedByName: ['name'], orderedBy: ['sequence'] },
  'project.tags': { searchedByName: ['name'], orderedBy: ['name'] },
  'stock.location': {
    searchedByName: ['complete_name', 'barcode'],
    orderedBy: ['complete_name'],
    parent: 'location_id',
  },
}

type ModelLore = {
  readonly searchedByName: readonly string[]
  readonly orderedBy: readonly string[]
  /** A field that a search by name looks into and that holds names of other records. */
  readonly holdsOthersNames?: string
  readonly parent?: string
}

/** True if nothing that a search by name looks into is withheld by the exposure, or hidden by a forced domain. */
export function nameSearchReadable(exposure: Exposure, hidden: ReadonlySet<string>): boolean {
  const { searchedByName, holdsOthersNames } = lore(exposure.model) ?? {}
  if (holdsOthersNames !== undefined && hidden.has(holdsOthersNames)) return false
  return allReadable(exposure, searchedByName)
}

/** True if nothing that the model's own order looks at is withheld by the exposure. */
export function ownOrderReadable(exposure: Exposure): boolean {
  return allReadable(exposure, lore(exposure.model)?.orderedBy)
}

/** The field that leads from a record to its parent. */
export function parentFieldOf(model: string): string {
  return lore(model)?.parent ?? 'parent_id'
}

/** Own rows only: `constructor` is no model. */
function lore(model: string): ModelLore | undefined {
  return Object.hasOwn(MODEL_LORE, model) ? MODEL_LORE[model] : undefined
}

function allReadable(exposure: Exposure, fields: readonly string[] | undefined): boolean {
  if (exposure.readableFields === 'all') return true
  return fields?.every((field) => fieldReadable(exposure, field)) ?? false
}
