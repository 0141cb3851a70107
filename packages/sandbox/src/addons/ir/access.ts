import type { AccessRow } from '../../access/model-access.ts'

/** The rights on the models of the installation itself (`ir.model.access.csv` of base). */
export const IR_ACCESS: readonly AccessRow[] = [
  ['ir.config_parameter', 'base.group_system', 'rwcu'],
  ['ir.attachment', 'base.group_user', 'rwcu'],
  ['ir.ui.view', 'base.group_system', 'rwcu'],
]
