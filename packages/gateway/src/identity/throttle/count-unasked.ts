import type { Account } from './account.ts'
import type { Attempter, Throttle } from './throttle.ts'

/**
 * Counts a sign-in that is refused whatever its password is, as a wrong password is counted: else the limits would tell
 * what there is.
 *
 * @throws throttle.limited once there were too many: answer that instead
 */
export async function countUnasked(account: Account, by: Attempter, throttle: Pick<Throttle, 'signIn'>): Promise<void> {
  await throttle.signIn(
    account,
    by,
    async () => undefined,
    () => 'unasked',
  )
}
