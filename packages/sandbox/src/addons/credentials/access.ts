import type { AccessRow } from '../../access/model-access.ts'

/** The rights on the models of credentials (`ir.model.access.csv` of base, auth_totp, auth_totp_portal and auth_oauth). */
export const CREDENTIALS_ACCESS: readonly AccessRow[] = [
  ['res.users.identitycheck', 'base.group_user', 'rwc'],
  ['res.users.identitycheck', 'base.group_portal', 'rwc'],
  ['res.users.apikeys', 'base.group_user', 'r'],
  ['res.users.apikeys', 'base.group_portal', 'r'],
  ['res.users.apikeys.description', 'base.group_user', 'rc'],
  ['res.users.apikeys.description', 'base.group_portal', 'rc'],
  ['res.users.apikeys.show', 'base.group_user', 'rc'],
  ['change.password.wizard', 'base.group_erp_manager', 'rwc'],
  ['change.password.user', 'base.group_erp_manager', 'rwc'],
  ['change.password.own', 'base.group_user', 'rwcu'],
  ['auth_totp.wizard', 'base.group_user', 'rwcu'],
  ['auth_totp.wizard', 'base.group_portal', 'rwcu'],
  ['auth_totp.device', 'base.group_user', 'r'],
  ['auth_totp.device', 'base.group_portal', 'r'],
  ['auth.oauth.provider', 'base.group_system', 'rwcu'],
]
