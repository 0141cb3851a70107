import { GatehouseError } from '../kernel/error.ts'
import { type ChooseDoorDeps, chooseDoor, type Door } from './choose-door.ts'
import { namedDatabases } from './named-database.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Throttle } from './throttle/throttle.ts'

/** What choosing the door of a sign-in needs from outside. */
export type ChooseSignInDoorDeps = ChooseDoorDeps & { readonly throttle: Pick<Throttle, 'signIn'> }

/**
 * The door of a sign-in. One for a database that is not configured is a failure like a wrong password, and counted like
 * one: else the limits would tell which databases there are.
 *
 * @throws whatever `chooseDoor` refuses, throttle.limited
 */
export async function chooseSignInDoor(
  request: RequestFacts,
  { login }: { readonly login: string },
  deps: ChooseSignInDoorDeps,
): Promise<Door> {
  try {
    return chooseDoor(request, deps)
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code !== 'signin.denied') throw error
    const [database = ''] = namedDatabases(request)
    const nobodyIsAsked = async () => undefined
    await deps.throttle.signIn({ database, login }, request, nobodyIsAsked, () => 'unasked')
    throw error
  }
}
