import type { Engine, Operation } from '../engine/contract.ts'

/** A right on a model: the group that has it (`null` is everybody) and the letters of what it may do. */
export type AccessRow = readonly [model: string, group: string | null, may: string]

/**
 * The rights on models, as Odoo's modules ship them (`ir.model.access.csv` of base, project and sale): model, group
 * (`null` is everybody), and the letters of what the group may do: read, write, create, unlink. A row whose group a
 * version does not have does not count there. The order is the one in which refusals list the groups.
 */
export const MODEL_ACCESS: readonly AccessRow[] = [
  ['res.partner', 'base.group_public', 'r'],
  ['res.partner', 'base.group_portal', 'r'],
  ['res.partner', 'base.group_user', 'r'],
  ['res.partner', 'base.group_partner_manager', 'rwcu'],
  ['res.partner', 'sales_team.group_sale_manager', 'rwcu'],
  ['res.partner.bank', 'base.group_user', 'r'],
  ['res.partner.bank', 'base.group_partner_manager', 'rwcu'],
  ['res.bank', 'base.group_user', 'r'],
  ['res.bank', 'base.group_partner_manager', 'rwcu'],
  ['res.bank', 'base.group_system', 'rwcu'],
  ['res.partner.category', 'base.group_user', 'r'],
  ['res.partner.category', 'base.group_partner_manager', 'rwcu'],
  ['res.partner.title', null, 'r'],
  ['res.partner.title', 'base.group_partner_manager', 'rwcu'],
  ['res.partner.industry', 'base.group_user', 'r'],
  ['res.partner.industry', 'base.group_system', 'rwcu'],
  ['res.users', null, 'r'],
  ['res.users', 'base.group_erp_manager', 'rwcu'],
  ['res.company', null, 'r'],
  ['res.company', 'base.group_erp_manager', 'rwcu'],
  ['res.country', null, 'r'],
  ['res.country', 'base.group_system', 'rwcu'],
  ['res.country.state', null, 'r'],
  ['res.country.state', 'base.group_system', 'rwcu'],
  ['res.currency', null, 'r'],
  ['res.currency', 'base.group_system', 'rwcu'],
  ['res.currency.rate', null, 'r'],
  ['res.currency.rate', 'base.group_system', 'rwcu'],
  ['res.lang', null, 'r'],
  ['res.lang', 'base.group_system', 'rwcu'],
  ['res.groups', 'base.group_user', 'r'],
  ['res.groups', 'base.group_erp_manager', 'rwcu'],
  ['res.groups.privilege', 'base.group_erp_manager', 'rwcu'],
  ['ir.module.category', 'base.group_erp_manager', 'r'],
  ['project.project', 'base.group_user', 'r'],
  ['project.project', 'base.group_portal', 'r'],
  ['project.project', 'project.group_project_user', 'r'],
  ['project.project', 'project.group_project_manager', 'rwcu'],
  ['project.task', 'base.group_user', 'r'],
  ['project.task', 'base.group_portal', 'r'],
  ['project.task', 'project.group_project_user', 'rwcu'],
  ['project.task.type', 'base.group_user', 'r'],
  ['project.task.type', 'base.group_portal', 'r'],
  ['project.task.type', 'project.group_project_user', 'rwcu'],
  ['project.task.type', 'project.group_project_manager', 'rwcu'],
  ['project.project.stage', 'base.group_user', 'r'],
  ['project.project.stage', 'project.group_project_manager', 'rwcu'],
  ['project.tags', 'base.group_user', 'r'],
  ['project.tags', 'base.group_portal', 'r'],
  ['project.tags', 'project.group_project_user', 'rwcu'],
]

const LETTERS = { read: 'r', write: 'w', create: 'c', unlink: 'u' } as const satisfies Record<Operation, string>

/** The groups that may do it; `null` among them is everybody. */
export function groupsThatMay(engine: Engine, model: string, operation: Operation): readonly (string | null)[] {
  const letter = LETTERS[operation]
  const rows = engine.access.get(model) ?? []
  return rows.filter(([, , may]) => may.includes(letter)).map(([, group]) => group)
}
