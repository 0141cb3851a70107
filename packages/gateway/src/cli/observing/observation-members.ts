import type { JsonObject } from '../../kernel/json.ts'
import type { Observation } from '../../kernel/observation.ts'

/**
 * The members of an observation that are kept and logged: those of its kind, and of them only texts and numbers. Whatever
 * else an object carries that was passed by mistake (a request, an answer with cookies) goes nowhere.
 */
export function membersOf(observation: Observation): JsonObject {
  const { kind } = observation
  const given: { readonly [name: string]: unknown } = observation
  const members: { [name: string]: string | number } = { kind }
  for (const name of Object.keys(MEMBERS[kind])) {
    const value = given[name]
    if (typeof value === 'number') members[name] = value
    if (typeof value === 'string') members[name] = value.slice(0, TEXT_LENGTH_MAX)
  }
  return members
}

/** No member is as long by nature: a login is 255 at most. Characters. */
const TEXT_LENGTH_MAX = 300

/** A kind has all of its members here: the compiler asks for each, and lets no other in. */
type Members = {
  readonly [K in Observation['kind']]: Readonly<Record<Exclude<keyof Extract<Observation, { kind: K }>, 'kind'>, 1>>
}

const WHERE = { address: 1, requestId: 1 } as const
const WHOSE_GRANT = { database: 1, uid: 1, grantId: 1 } as const

const MEMBERS: Members = {
  signed_in: { ...WHOSE_GRANT, login: 1, api: 1, surface: 1, ...WHERE },
  sign_in_refused: { reason: 1, database: 1, api: 1, surface: 1, ...WHERE },
  sign_in_misdirected: WHERE,
  token_contradiction: { reason: 1, ...WHOSE_GRANT, ...WHERE },
  token_issued: WHOSE_GRANT,
  refreshed: { by: 1, ...WHOSE_GRANT },
  reuse_detected: WHOSE_GRANT,
  grant_ended: { ...WHOSE_GRANT, reason: 1 },
  denied: { ...WHOSE_GRANT, login: 1, api: 1, model: 1, verb: 1, code: 1 },
  throttled: { limit: 1, database: 1, api: 1, ...WHERE },
  upstream_slow: { database: 1, call: 1, model: 1, method: 1, durationMs: 1 },
  credential_refused: { credentialId: 1, database: 1, uid: 1, login: 1, reason: 1 },
}
