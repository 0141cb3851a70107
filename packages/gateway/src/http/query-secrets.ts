import { httpErrors } from './errors.ts'

/**
 * Names that carry a secret wherever they stand in a query string, in lower case without `-` and `_`.
 * A secret in an address ends in logs and browser histories (RFC 6750 §5.3), so that the call is refused, not served.
 */
const SECRET_NAMES = new Set([
  'password',
  'passwd',
  'pwd',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'mfatoken',
  'apikey',
  'xapikey',
  'authorization',
  'sessionid',
  'assertion',
  'clientassertion',
])

/**
 * Refuses an address whose query has a secret in it.
 *
 * @throws query.secret
 */
export function refuseSecretsInQuery(url: string): void {
  const start = url.indexOf('?')
  if (start === -1) return
  for (const name of new URLSearchParams(url.slice(start + 1)).keys()) {
    if (SECRET_NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, ''))) throw httpErrors['query.secret']()
  }
}
