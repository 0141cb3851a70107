import { httpErrors } from './errors.ts'

/** What a name holds that carries a secret, wherever in the name it stands (`new_password`, `params[password]`). */
const TELLING = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'privatekey',
  'credential',
  'assertion',
]

/** Names that carry a secret as a whole. */
const SECRET_NAMES = new Set([
  ...['pwd', 'pass', 'key', 'jwt', 'bearer', 'auth', 'authorization', 'session', 'sessionid', 'sid', 'otp', 'totp'],
  ...['mfacode'],
])

/**
 * Refuses an address whose query has a secret in it. A secret in an address ends in logs and browser histories (RFC 6750
 * §5.3), so that the call is refused, not served.
 *
 * @throws query.secret
 */
export function refuseSecretsInQuery(url: string): void {
  const start = url.indexOf('?')
  if (start === -1) return
  for (const name of new URLSearchParams(url.slice(start + 1)).keys()) {
    const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '')
    if (SECRET_NAMES.has(letters) || TELLING.some((word) => letters.includes(word))) throw httpErrors['query.secret']()
  }
}
