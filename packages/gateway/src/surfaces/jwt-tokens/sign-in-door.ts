import type { Call } from '../../http/route.ts'
import { type ChooseDoorDeps, chooseDoor, type Door } from '../../identity/choose-door.ts'
import type { PasswordCredentials } from '../../identity/sign-in.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { type ClientKind, clientKindOf } from './client-kind.ts'
import { readCredentials } from './credentials-body.ts'

/** Where a sign-in leads, who asks for it, and on what kind of client. */
export type SignInDoor = Door & { readonly kind: ClientKind; readonly credentials: PasswordCredentials }

/**
 * Finds the door of a sign-in. The order of the lines is the order of the checks.
 *
 * @throws client_type.impossible, body.invalid, and whatever `chooseDoor` refuses
 */
export function signInDoor(call: Call, params: JsonObject, deps: ChooseDoorDeps): SignInDoor {
  const kind = clientKindOf(call)
  const credentials = readCredentials(params)
  return { ...chooseDoor({ ...call, body: params }, deps), kind, credentials }
}
