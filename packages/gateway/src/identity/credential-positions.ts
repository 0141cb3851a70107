import { isAbsent } from './absent-credential.ts'
import { identityErrors } from './errors.ts'

/** Headers that carry an access token or a key, in lower case; all but the first carry it as it is. */
const POSITIONS = ['authorization', 'x-api-key', 'api-key', 'access_token', 'access-token'] as const

/** What a request says in its headers; every value of a header that was sent more than once. */
export type HeaderValues = (name: string) => readonly string[]

/**
 * The one credential in the headers of a request: after `Bearer`, in `Authorization` without a scheme, or in a header
 * of its own. The same credential in two places is one. A header that is empty, `null` or `undefined` is not there.
 *
 * @returns undefined when there is none
 * @throws credential.multiple
 */
export function presentedCredential(headerValues: HeaderValues): string | undefined {
  let presented: string | undefined
  for (const name of POSITIONS) {
    for (const value of headerValues(name)) {
      const credential = name === 'authorization' ? withoutScheme(value) : value.trim()
      if (isAbsent(credential)) continue
      if (presented !== undefined && presented !== credential) throw identityErrors['credential.multiple']()
      presented = credential
    }
  }
  return presented
}

/** RFC 6750 §2.1. The scheme's name is case-insensitive (RFC 9110 §11.1); some clients leave it out. */
function withoutScheme(value: string): string {
  const trimmed = value.trim()
  if (!/^bearer(?:\s|$)/i.test(trimmed)) return trimmed
  return trimmed.slice('bearer'.length).trimStart()
}
