import type { Route } from '../../http/route.ts'
import type { SignInFinisher } from '../sign-in-finisher.ts'
import { finishMfa, type MfaDeps } from './finish-mfa.ts'

/**
 * The second step of sign-ins, whichever surface began them.
 *
 * @param finishers one for each surface whose sign-ins may await a code
 */
export function mfaRoutes(deps: MfaDeps, finishers: readonly SignInFinisher[]): readonly Route[] {
  return [finishMfa(deps, new Map(finishers.map((finisher) => [finisher.surface, finisher])))]
}
