import type { RecordRule, RuleScope } from '../../access/record-rules.ts'

const ALL = ['read', 'write', 'create', 'unlink'] as const
const nothing = (): unknown[] => [[0, '=', 1]]
const everything = (): unknown[] => []
const ofTheUser = ({ uid }: RuleScope): unknown[] => [['user_id', '=', uid]]
const madeByTheUser = ({ uid }: RuleScope): unknown[] => [['create_uid', '=', uid]]

/** Keys are read by their owner, and by administrators, who may have to revoke them. */
const keyRules = (model: string): RecordRule[] => [
  {
    model,
    name: "Public users can't interact with keys at all",
    groups: ['base.group_public'],
    for: ALL,
    domain: nothing,
  },
  {
    model,
    name: 'Users can read and delete their own keys',
    groups: ['base.group_user', 'base.group_portal'],
    for: ALL,
    domain: ofTheUser,
  },
  {
    model,
    name: 'Administrators can view user keys to revoke them',
    groups: ['base.group_system'],
    for: ALL,
    domain: everything,
  },
]

const own = (model: string, name: string, domain: RecordRule['domain']): RecordRule => ({
  model,
  name,
  groups: [],
  for: ALL,
  domain,
})

/** The rules of base and auth_totp on these models (base_security.xml, auth_totp/security/security.xml). */
export const CREDENTIALS_RULES: readonly RecordRule[] = [
  ...keyRules('res.users.apikeys'),
  ...keyRules('auth_totp.device'),
  own('res.users.identitycheck', 'users can only access their own id check', madeByTheUser),
  own('change.password.user', 'change user password rule', madeByTheUser),
  own('change.password.own', 'change own password', madeByTheUser),
  own('auth_totp.wizard', 'Users can only access their own wizard', ofTheUser),
]
