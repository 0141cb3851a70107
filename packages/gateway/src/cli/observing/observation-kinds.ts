import type { Observation } from '../../kernel/observation.ts'

/** What is done with one kind of observation. */
export type ObservationKind = {
  readonly level: 'debug' | 'info' | 'warn'
  /**
   * `each`: every one is kept in the audit trail. `summed`: the first is kept, and repeats with the same values of these
   * members are counted (`sum-repeats.ts`), because whoever is refused can repeat it as often as he likes. `not`: it is
   * routine, and only logged and counted.
   */
  readonly audit: 'each' | 'not' | { readonly summedBy: readonly string[] }
}

/** Every kind of observation. */
export const OBSERVATION_KINDS: Readonly<Record<Observation['kind'], ObservationKind>> = {
  signed_in: { level: 'info', audit: 'each' },
  sign_in_refused: {
    level: 'info',
    audit: { summedBy: ['kind', 'reason', 'database', 'api', 'surface', 'address'] },
  },
  sign_in_misdirected: { level: 'info', audit: { summedBy: ['kind', 'address'] } },
  token_contradiction: {
    level: 'info',
    audit: { summedBy: ['kind', 'reason', 'database', 'uid', 'grantId', 'address'] },
  },
  token_issued: { level: 'debug', audit: 'not' },
  refreshed: { level: 'debug', audit: 'not' },
  reuse_detected: { level: 'warn', audit: 'each' },
  grant_ended: { level: 'info', audit: 'each' },
  denied: {
    level: 'info',
    audit: { summedBy: ['kind', 'database', 'uid', 'login', 'api', 'model', 'verb', 'code'] },
  },
  throttled: { level: 'info', audit: { summedBy: ['kind', 'limit', 'database', 'api', 'address'] } },
  upstream_slow: { level: 'warn', audit: { summedBy: ['kind', 'database', 'call', 'model', 'method'] } },
  credential_refused: { level: 'warn', audit: 'each' },
}
