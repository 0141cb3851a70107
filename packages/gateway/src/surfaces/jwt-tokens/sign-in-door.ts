import type { Call } from '../../http/route.ts'
import type { Door } from '../../identity/choose-door.ts'
import { type ChooseSignInDoorDeps, chooseSignInDoor } from '../../identity/choose-sign-in-door.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { type ClientKind, clientKindOf } from './client-kind.ts'
import { type LoginAndPassword, readCredentials } from './credentials-body.ts'

/** Where a sign-in leads, who asks for it, and on what kind of client. */
export type SignInDoor = Door & { readonly kind: ClientKind; readonly credentials: LoginAndPassword }

/**
 * Finds the door of a sign-in. The order of the lines is the order of the checks.
 *
 * @throws client_type.impossible, body.invalid, and whatever `chooseSignInDoor` refuses
 */
export async function signInDoor(call: Call, params: JsonObject, deps: ChooseSignInDoorDeps): Promise<SignInDoor> {
  const kind = clientKindOf(call)
  const credentials = readCredentials(params)
  const door = await chooseSignInDoor({ ...call, body: params }, credentials, deps)
  return { ...door, kind, credentials }
}
