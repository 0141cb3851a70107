import { GatehouseError } from '../kernel/error.ts'
import { type ChooseDoorDeps, chooseDoor, type Door } from './choose-door.ts'
import { namedDatabases } from './named-database.ts'
import type { RequestFacts } from './request-facts.ts'
import { countUnasked } from './throttle/count-unasked.ts'
import type { Throttle } from './throttle/throttle.ts'

/** What choosing the door of a sign-in needs from outside. */
export type ChooseSignInDoorDeps = ChooseDoorDeps & { readonly throttle: Pick<Throttle, 'signIn' | 'countWrong'> }

/**
 * The door of a sign-in. One for a database that is not configured is a failure like a wrong password, and counted like
 * one: else the limits would tell which databases there are. One from an address that the API does not take is counted
 * for the address, not for the account, whose owner may come by another API.
 *
 * @throws whatever `chooseDoor` refuses, throttle.limited
 */
export async function chooseSignInDoor(
  request: RequestFacts,
  { login }: { readonly login: string },
  deps: ChooseSignInDoorDeps,
): Promise<Door> {
  const door = await findDoor()
  const { addresses } = door.api
  const { certainAddress } = request
  // That it is refused is told where every call through the API is admitted.
  if (addresses !== undefined && (certainAddress === undefined || !addresses.has(certainAddress))) {
    await deps.throttle.countWrong(request)
  }
  return door

  async function findDoor(): Promise<Door> {
    try {
      return chooseDoor(request, deps)
    } catch (error) {
      if (!(error instanceof GatehouseError) || error.code !== 'signin.denied') throw error
      const [database = ''] = namedDatabases(request)
      await countUnasked({ database, login }, request, deps.throttle)
      throw error
    }
  }
}
