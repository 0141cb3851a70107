import { isModelName } from './model-name.ts'
import { VERBS, type Verb } from './verb.ts'

/** The scopes of a sign-in with a password: the user stands behind it, so the API alone sets the bounds. */
export const FULL_SCOPES: readonly string[] = VERBS.map((verb) => `*:${verb}`)

/** True for a scope over records: `<model>:<verb>` or `*:<verb>`. */
export function isRecordScope(text: string): boolean {
  const colon = text.lastIndexOf(':')
  const named = text.slice(0, Math.max(colon, 0))
  return (VERBS as readonly string[]).includes(text.slice(colon + 1)) && (named === '*' || isModelName(named))
}

/**
 * True if one of the scopes grants the verb on the model: `<model>:<verb>` or `*:<verb>`. Scopes of other kinds
 * (`openid`, `offline_access`) grant nothing here.
 */
export function scopesGrant(scopes: readonly string[], model: string, verb: Verb): boolean {
  for (const scope of scopes) {
    const colon = scope.lastIndexOf(':')
    if (colon < 1 || scope.slice(colon + 1) !== verb) continue
    const named = scope.slice(0, colon)
    if (named === '*' || named === model) return true
  }
  return false
}
