import type { Clock } from '../../kernel/clock.ts'
import type { Observe } from '../../kernel/observation.ts'
import { isKnownAddress, noteKnownAddress } from '../../store/known-addresses.ts'
import type { Store } from '../../store/store.ts'
import { Turns } from '../../upstream/turns.ts'
import { type Account, accountKey, normalLogin } from './account.ts'
import { clientNetwork } from './client-network.ts'
import { throttleErrors } from './errors.ts'
import type { FailureLimit, ThrottleLimits } from './limits.ts'
import { createSharedSources } from './shared-source.ts'

/** Who tries something: what the limits count by, and what the log is told. */
export type Attempter = { readonly address: string; readonly requestId: string }

/**
 * What an answer says of a credential. `unasked`: it is wrong, and Odoo was not asked; `paused`: Odoo looks at none for a
 * while; `open`: nothing.
 */
export type Verdict = 'right' | 'wrong' | 'unasked' | 'paused' | 'open'

/** Limits failed credential checks, on all nodes together, before anybody is asked whether a credential is right. */
export type Throttle = {
  /**
   * Checks a credential of an account within the limits. A place is taken before `check` runs and given back unless its
   * answer is a failure, so that of any number of attempts at once no more are let through than failures are allowed.
   *
   * @param judge what an answer says; what `check` throws says nothing
   * @throws throttle.limited, throttle.crowded, store.unavailable; `check` has not run then
   */
  signIn<T>(account: Account, by: Attempter, check: () => Promise<T>, judge: (answer: T) => Verdict): Promise<T>
  /**
   * The same for a credential that names no account (an Odoo API key): by address alone.
   *
   * @throws throttle.limited, store.unavailable
   */
  anonymous<T>(by: Attempter, check: () => Promise<T>, isFailure: (answer: T) => boolean): Promise<T>
  /**
   * Counts a wrong credential that was found without asking anybody (an unknown API key, an unknown mfa_token).
   *
   * @throws throttle.limited once there were too many from this address: answer that instead
   */
  countWrong(by: Attempter): Promise<void>
  /** Notes that an account was signed in to from an address. */
  succeeded(account: Account, by: Pick<Attempter, 'address'>): Promise<void>
}

/** What throttling needs from outside. */
export type ThrottleDeps = {
  readonly store: Pick<Store, 'db' | 'counters'>
  readonly limits: ThrottleLimits
  readonly clock: Clock
  readonly observe: Observe
}

const DAY_MS = 86_400_000

/** Sign-ins of one account from one address that wait behind those under way. */
const WAITING_MAX = 128

/** Which limit; as it is told to the log. */
type LimitName = 'account_address' | 'address' | 'account' | 'database'

/** A limit and the key that it counts by. */
type Counted = { readonly name: LimitName; readonly key: string; readonly limit: FailureLimit }

/** A place in a window, to be given back. `count`: with it, how many there were. */
type Place = Counted & { readonly endsAtMs: number; readonly count: number }

/** Keeps nothing but who is under way: what was counted is in the store. */
export function createThrottle({ store, limits, clock, observe }: ThrottleDeps): Throttle {
  // Each that is under way holds a place that a failure would take: without turns, right passwords that are sent at once
  // would look like too many failures for a moment.
  const turns = new Turns({ atOnce: limits.accountAddress.failures, waitingMax: WAITING_MAX })

  const sources = createSharedSources(store.counters, limits.database)

  async function take(counted: Counted, by: Attempter, mayExceed: () => Promise<boolean>): Promise<Place> {
    const { name, key, limit } = counted
    const { count, endsInMs } = await store.counters.add(key, 1, limit.windowSeconds)
    const place = { ...counted, endsAtMs: clock.nowMs() + endsInMs, count }
    if (count <= limit.failures || (await mayExceed())) return place
    await giveBack([place])
    // Whoever tries is often the whole request, with its password and its cookies: these two and nothing else of it.
    const { address, requestId } = by
    observe({ kind: 'throttled', limit: name, address, requestId })
    const resetSeconds = Math.max(1, Math.ceil(endsInMs / 1000))
    throw throttleErrors['throttle.limited']({
      data: {
        retryAfterSeconds: resetSeconds,
        rateLimit: { limit: limit.failures, windowSeconds: limit.windowSeconds, remaining: 0, resetSeconds },
      },
    })
  }

  /** A window that is over has nothing to give back: taking from the next one would let one more through there. */
  async function giveBack(places: readonly Place[]): Promise<void> {
    const nowMs = clock.nowMs()
    for (const { key, limit, endsAtMs } of places) {
      if (nowMs < endsAtMs) await store.counters.add(key, -1, limit.windowSeconds)
    }
  }

  /** Takes a place in each, or in none. */
  async function takeAll(
    all: readonly Counted[],
    by: Attempter,
    mayExceed: (name: LimitName) => Promise<boolean>,
  ): Promise<readonly Place[]> {
    const places: Place[] = []
    for (const counted of all) {
      try {
        places.push(await take(counted, by, () => mayExceed(counted.name)))
      } catch (error) {
        await giveBack(places)
        throw error
      }
    }
    return places
  }

  async function within<T>(
    places: readonly Place[],
    check: () => Promise<T>,
    judge: (answer: T) => Verdict,
  ): Promise<{ readonly answer: T; readonly verdict: Verdict }> {
    let verdict: Verdict = 'open'
    try {
      const answer = await check()
      verdict = judge(answer)
      return { answer, verdict }
    } finally {
      if (verdict !== 'wrong') await giveBack(places.filter(({ name }) => verdict !== 'unasked' || name === 'database'))
    }
  }

  const ofAddress = (network: string): Counted => ({ name: 'address', key: `a:${network}`, limit: limits.address })
  const never = async () => false

  return {
    signIn: (account, by, check, judge) => {
      const { database } = account
      const address = clientNetwork(by.address)
      const id = accountKey(account)
      const pair: Counted = { name: 'account_address', key: `p:${id}:${address}`, limit: limits.accountAddress }
      const whole: Counted = { name: 'account', key: `l:${id}`, limit: limits.account }
      const sinceMs = clock.nowMs() - limits.knownAddressDays * DAY_MS
      const known = { database, login: normalLogin(account.login), address }
      const mayExceed = async (name: LimitName) =>
        (name === 'account' || name === 'database') && isKnownAddress(store.db, known, sinceMs)
      const run = async () => {
        const key = await sources.countOf(database)
        const shared: readonly Counted[] = key === undefined ? [] : [{ name: 'database', key, limit: limits.database }]
        const places = await takeAll([ofAddress(address), pair, whole, ...shared], by, mayExceed)
        const { answer, verdict } = await within(places, check, judge)
        // Where nothing is known yet, a pause for somebody who has not failed says that Odoo takes him for another.
        const isForAll = key !== undefined || places.every(({ name, count }) => name !== 'address' || count === 1)
        if (verdict === 'paused' && isForAll) await sources.paused(database)
        if (verdict === 'right' && key !== undefined) await sources.succeeded(database)
        return answer
      }
      return turns.take(pair.key, run, () => throttleErrors['throttle.crowded']({ data: { retryAfterSeconds: 1 } }))
    },

    anonymous: async (by, check, isFailure) => {
      const places = await takeAll([ofAddress(clientNetwork(by.address))], by, never)
      return (await within(places, check, (answer) => (isFailure(answer) ? 'wrong' : 'open'))).answer
    },

    countWrong: async (by) => {
      await takeAll([ofAddress(clientNetwork(by.address))], by, never)
    },

    succeeded: async ({ database, login }, { address }) => {
      const known = { database, login: normalLogin(login), address: clientNetwork(address) }
      await noteKnownAddress(store.db, known, clock.nowMs())
    },
  }
}
