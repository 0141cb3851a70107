import type { Observation } from '../../kernel/observation.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import type { ThrottleLimits } from './limits.ts'
import { createThrottle } from './throttle.ts'

/** For tests: the limits of CONTRACT §0. */
export const TEST_LIMITS: ThrottleLimits = {
  accountAddress: { failures: 5, windowSeconds: 300 },
  address: { failures: 50, windowSeconds: 300 },
  account: { failures: 100, windowSeconds: 3600 },
  database: { failures: 6, windowSeconds: 600 },
  knownAddressDays: 30,
}

/** For tests: a throttle on a store of its own, and what an Odoo behind it was asked. */
export async function openThrottle(limits: ThrottleLimits = TEST_LIMITS) {
  const temporary = await openTemporaryStore()
  const observed: Observation[] = []
  const clock = { nowMs: () => Date.now() }
  const throttle = createThrottle({ store: temporary.store, limits, clock, observe: (one) => observed.push(one) })
  return { throttle, observed, store: temporary.store, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() }
}
