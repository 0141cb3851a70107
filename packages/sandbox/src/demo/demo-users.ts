/** The users that can sign in, with their published passwords. `totp` is asked for a code on top. */
export const SANDBOX_USERS: readonly { readonly login: string; readonly password: string }[] = [
  { login: 'admin', password: 'admin' },
  { login: 'demo', password: 'demo' },
  { login: 'portal', password: 'portal' },
  { login: 'totp', password: 'totp' },
]

/** The usual secret behind the codes of the user `totp`, base32 (RFC 6238: SHA-1, six digits, 30 seconds). */
export const SANDBOX_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
