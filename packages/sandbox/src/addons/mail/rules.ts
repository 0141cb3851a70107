import type { RecordRule } from '../../access/record-rules.ts'

/** The record rules of mail (mail_security.xml); what else guards messages is in `message-rights.ts`. */
export const MAIL_RULES: readonly RecordRule[] = [
  {
    model: 'mail.message.subtype',
    name: 'mail.message.subtype: portal/public: read public subtypes',
    groups: ['base.group_portal', 'base.group_public'],
    for: ['read'],
    domain: () => [['internal', '=', false]],
  },
  {
    model: 'mail.activity',
    name: 'mail.activity: user: write/unlink only (created or assigned)',
    groups: ['base.group_user'],
    for: ['write', 'unlink'],
    domain: ({ uid }) => ['|', ['user_id', '=', uid], ['create_uid', '=', uid]],
  },
]
