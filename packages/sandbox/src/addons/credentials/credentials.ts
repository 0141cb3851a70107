import { keyMemory } from '../../credential/key-memory.ts'
import type { Addon } from '../addon.ts'
import { apiKey, trustedDevice } from './api-key.ts'
import { apiKeyShown, apiKeyWizard } from './api-key-wizard.ts'
import { changePasswordOfUsers, changePasswordOwn, changePasswordUser } from './change-password.ts'
import { identityCheck } from './identity-check.ts'
import { CREDENTIALS_ROWS } from './rows.ts'
import { totpWizard } from './totp-wizard.ts'
import { userCredentials } from './user-credentials.ts'

/** API keys, the check of the password before grave deeds, the second factor, providers of sign-ins (auth_totp, auth_oauth). */
export const credentials: Addon = {
  folder: 'credentials',
  rows: CREDENTIALS_ROWS,
  behaviours: {
    'res.users': userCredentials,
    'res.users.apikeys': apiKey,
    'res.users.apikeys.description': apiKeyWizard,
    'res.users.apikeys.show': apiKeyShown,
    'res.users.identitycheck': identityCheck,
    'auth_totp.device': trustedDevice,
    'auth_totp.wizard': totpWizard,
    'change.password.wizard': changePasswordOfUsers,
    'change.password.user': changePasswordUser,
    'change.password.own': changePasswordOwn,
  },
  consequences: [keyMemory],
}
