import { type Call, type Route, route } from '../../http/route.ts'
import type { Door } from '../../identity/choose-door.ts'
import { refuseContradiction } from '../../identity/contradiction.ts'
import { identityErrors } from '../../identity/errors.ts'
import { requireApi } from '../../identity/identify-caller.ts'
import type { Challenges, KnownChallenge } from '../../identity/mfa/challenges.ts'
import { type FinishSignInDeps, finishSignIn } from '../../identity/mfa/finish-sign-in.ts'
import type { Throttle } from '../../identity/throttle/throttle.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { ApiDirectory } from '../../policy/api-directory.ts'
import { handOverDeviceToken } from '../device-token.ts'
import { clientKindOf } from '../jwt-tokens/client-kind.ts'
import { unwrap } from '../jwt-tokens/envelope.ts'
import type { SignInFinisher } from '../sign-in-finisher.ts'
import { mfaErrors } from './error-shape.ts'
import { readCode, readMfaToken } from './mfa-body.ts'

/** What the second step needs from outside. */
export type MfaDeps = FinishSignInDeps & {
  readonly apis: ApiDirectory
  readonly challenges: Pick<Challenges, 'find'>
  readonly throttle: Pick<Throttle, 'countWrong'>
}

/** The finishers by surface. */
type Finishers = ReadonlyMap<string, SignInFinisher>

/** A sign-in that awaits a code, and how its surface answers. */
type MfaDoor = Door & { readonly challenge: KnownChallenge; readonly finisher: SignInFinisher }

/** `POST /api/v1/auth/mfa`: a code for the tokens of the sign-in, in the shape of the surface that began it. */
export function finishMfa(deps: MfaDeps, finishers: Finishers): Route {
  return route({
    method: 'POST',
    path: '/api/v1/auth/mfa',
    errors: mfaErrors,
    needs: 'door',
    // Whose form it must have is not known yet: it may come in an envelope or without.
    body: (sent) => ({ sent, params: unwrap(sent).params }),
    door: async (call) => {
      const door = await findDoor({ ...call, body: call.body.params }, deps, finishers)
      return { ...door, errors: door.finisher.errors }
    },
    handle: async (call, { challenge, finisher, ...door }) => {
      const browser = clientKindOf(call) === 'browser' || challenge.browser
      if (browser) call.refuseForeignOrigin(door.api)
      const code = readCode(call.body.params)
      const { issued, device } = await finishSignIn(call, challenge, door, code, deps)
      const handed = handOverDeviceToken(device, browser)
      const { body, cookies = [] } = finisher.present(call.body.sent, issued, { browser, more: handed.body })
      return { body, cookies: [...cookies, ...handed.cookies] }
    },
  })
}

/** @throws body.invalid, mfa.refused for a token that nobody knows, throttle.limited after too many of these */
async function findDoor(call: Call<unknown, JsonObject>, deps: MfaDeps, finishers: Finishers): Promise<MfaDoor> {
  const challenge = await deps.challenges.find(readMfaToken(call.body))
  const finisher = challenge === undefined ? undefined : finishers.get(challenge.surface)
  if (challenge === undefined || finisher === undefined) {
    await deps.throttle.countWrong(call)
    throw identityErrors['mfa.refused']()
  }
  refuseContradiction(call, challenge)
  const { database } = challenge
  return { database, api: requireApi(deps.apis, challenge), challenge, finisher }
}
