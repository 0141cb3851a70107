import type { AccessRow } from '../../access/model-access.ts'

/** The rights on the models of messages (`ir.model.access.csv` of mail, sales_team and project). */
export const MAIL_ACCESS: readonly AccessRow[] = [
  ['mail.message', 'base.group_public', 'r'],
  ['mail.message', 'base.group_portal', 'rwcu'],
  ['mail.message', 'base.group_user', 'rwcu'],
  ['mail.message.subtype', 'base.group_public', 'r'],
  ['mail.message.subtype', 'base.group_portal', 'r'],
  ['mail.message.subtype', 'base.group_user', 'r'],
  ['mail.message.subtype', 'base.group_system', 'rwcu'],
  ['mail.followers', 'base.group_user', 'r'],
  ['mail.followers', 'base.group_system', 'rwcu'],
  ['mail.activity', 'base.group_user', 'rwcu'],
  ['mail.activity.type', 'base.group_user', 'r'],
  ['mail.activity.type', 'base.group_system', 'rwcu'],
  ['mail.activity.type', 'sales_team.group_sale_manager', 'rwcu'],
  ['mail.activity.type', 'project.group_project_manager', 'rwcu'],
]
