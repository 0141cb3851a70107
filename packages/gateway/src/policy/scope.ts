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
  const granted = setOf(scopes)
  return granted.has(`*:${verb}`) || granted.has(`${model}:${verb}`)
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The scopes of a sign-in are looked at in every decision, and there may be hundreds of them. */
function setOf(scopes: readonly string[]): ReadonlySet<string> {
  const set = sets.get(scopes) ?? new Set(scopes)
  sets.set(scopes, set)
  return set
}
