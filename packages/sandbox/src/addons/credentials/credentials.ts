import type { Addon } from '../addon.ts'
import { CREDENTIALS_ACCESS } from './access.ts'
import { CREDENTIALS_ROWS } from './rows.ts'
import { CREDENTIALS_RULES } from './rules.ts'

/** API keys, the check of the password before grave deeds, the second factor, providers of sign-ins (auth_totp, auth_oauth). */
export const credentials: Addon = {
  folder: 'credentials',
  rows: CREDENTIALS_ROWS,
  behaviours: {},
  access: CREDENTIALS_ACCESS,
  rules: CREDENTIALS_RULES,
}
