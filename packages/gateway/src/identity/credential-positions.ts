import { identityErrors } from './errors.ts'

/** Headers that carry an access token or a key as they are, in lower case. */
const PLAIN_HEADERS = ['x-api-key', 'api-key', 'access_token', 'access-token'] as const

/** What clients send when they have nothing: a variable of theirs that was not set. */
const ABSENT = new Set(['', 'null', 'undefined'])

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
  const presented = new Set<string>()
  for (const value of headerValues('authorization')) collect(presented, withoutScheme(value))
  for (const name of PLAIN_HEADERS) {
    for (const value of headerValues(name)) collect(presented, value)
  }
  if (presented.size > 1) throw identityErrors['credential.multiple']()
  return presented.values().next().value
}

function collect(presented: Set<string>, value: string): void {
  const credential = value.trim()
  if (!ABSENT.has(credential.toLowerCase())) presented.add(credential)
}

/** RFC 6750 §2.1. The scheme's name is case-insensitive (RFC 9110 §11.1); some clients leave it out. */
function withoutScheme(value: string): string {
  const trimmed = value.trim()
  return /^bearer$/i.test(trimmed) ? '' : trimmed.replace(/^bearer\s+/i, '')
}
