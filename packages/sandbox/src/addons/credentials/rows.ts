import type { ModelRow } from '../../schema/model-row.ts'

/** See `ModelRow`. Sources: base/models/res_users.py, auth_totp and auth_oauth of odoo 17.0 to 19.0. */
export const CREDENTIALS_ROWS: Readonly<Record<string, ModelRow>> = {
  'res.users': {
    unique: [{ columns: ['oauth_provider_id', 'oauth_uid'], message: 'OAuth UID must be unique per provider' }],
  },
  'res.users.apikeys': { onDelete: { user_id: 'cascade' }, ownRightsInLists: true },
  'auth_totp.device': { onDelete: { user_id: 'cascade' }, ownRightsInLists: true },
  'auth_totp.wizard': { onDelete: { user_id: 'cascade' } },
  'change.password.user': { onDelete: { wizard_id: 'cascade', user_id: 'cascade' } },
}
