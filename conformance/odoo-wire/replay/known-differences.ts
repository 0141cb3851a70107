import { isAmong, type Place } from '../rules/place.ts'

/** Why a target may well answer differently without being wrong. Such answers count as not alike all the same. */
export type KnownDifference = { readonly cause: string; readonly reason: string; readonly cases: readonly string[] }

/** What real servers that are set up in another way than the recorder's answer differently. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    cause: 'one database',
    reason: "The recorder's filter let several databases pass, so that a request without one is told to choose.",
    cases: [
      ...['auth/multidb[3]', 'auth/multidb[4]', 'auth/multidb[5]', 'auth/multidb[6]', 'auth/multidb[9]'],
      ...['auth/multidb[13]', 'auth/multidb[16]', 'auth/json2_multidb[1]', 'auth/json2_multidb[3]'],
    ],
  },
  {
    cause: 'list_db off',
    reason: 'A server that hides its databases refuses to list them and has no manager for them.',
    cases: ['auth/database_list[1]', 'auth/database_selector', 'auth/jsonrpc_db[1]', 'auth/multidb[1]'],
  },
  {
    cause: 'several workers',
    reason:
      'Credentials are cached and failed sign-ins counted by each worker for itself: which one answers is chance.',
    cases: [
      ...['17:auth/apikey_lifecycle[12]', '18:auth/apikey_lifecycle[12]', '19:auth/apikey_lifecycle[11]'],
      ...['auth/login_cooldown[1]', 'auth/login_cooldown[3]', 'auth/login_cooldown[5]'],
    ],
  },
]

/** The known cause of a step's difference; undefined where none is known. */
export function knownCause(place: Place): string | undefined {
  return KNOWN_DIFFERENCES.find(({ cases }) => isAmong(cases, place))?.cause
}
