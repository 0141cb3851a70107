import { checkKey, issueKey } from '../credential/api-key.ts'
import { withCooldown } from '../credential/login-cooldown.ts'
import { type CodeJudgement, codeFrom, judgeCode } from '../credential/second-factor.ts'
import type { Engine } from '../engine/contract.ts'
import { accessDenied, OdooFault } from '../fault/odoo-fault.ts'
import { momentText } from '../value/moment.ts'
import type { Session } from './session-store.ts'
import { openFor } from './sign-in.ts'

/** How long a browser is trusted: seconds of its cookie `td_id` (odoo 18.0 auth_totp, TRUSTED_DEVICE_AGE). */
export const TRUSTED_BROWSER_SECONDS = 90 * 24 * 3600

/** The whole session that a code opened, or the sentence that the page shows. */
export type FinishedSignIn = { readonly session: Session } | { readonly refused: string }

/**
 * Finishes a half-open session with a code of the authenticator: its id is given up for a new one. Wrong codes count
 * towards the cooldown of the address. Without a half-open session there is nothing to finish (a TypeError).
 */
export function finishSecondFactor(engine: Engine, half: Session, code: string, address: string): FinishedSignIn {
  const uid = halfOpenUser(half)
  const number = codeFrom(code)
  if (number === undefined) return { refused: 'Invalid authentication code format.' }
  try {
    withCooldown(engine, address, () => {
      const judgement = judgeCode(engine, uid, number)
      if (judgement !== 'right') throw accessDenied(REFUSALS[judgement])
    })
  } catch (error) {
    if (error instanceof OdooFault && error.exception === 'odoo.exceptions.AccessDenied') {
      return { refused: error.message }
    }
    throw error
  }
  return { session: openFor(engine, uid, 'whole', half) }
}

const REFUSALS = {
  wrong: 'Verification failed, please double-check the 6-digit code',
  used: 'Verification failed, please use the latest 6-digit code',
  too_many: 'You reached the limit of code verifications for your account, please try again later.',
} as const satisfies Record<Exclude<CodeJudgement, 'right'>, string>

/** Finishes it with the key of a browser that is trusted; undefined when it is not, or not by this user. */
export function finishByTrustedBrowser(engine: Engine, half: Session, key: string): Session | undefined {
  const uid = halfOpenUser(half)
  return checkKey(engine, 'auth_totp.device', key, 'browser') === uid ? openFor(engine, uid, 'whole', half) : undefined
}

/** Trusts a browser of the user from now on, and answers the key for its cookie `td_id`. `name` is what the user sees. */
export function trustBrowser(engine: Engine, uid: number, name: string): string {
  const expirationDate = momentText(engine.nowMs() + TRUSTED_BROWSER_SECONDS * 1000)
  return issueKey(engine, 'auth_totp.device', { uid, name, scope: 'browser', expirationDate })
}

function halfOpenUser({ halfOpenUid }: Session): number {
  if (halfOpenUid === undefined) throw new TypeError('The session is not half open')
  return halfOpenUid
}
