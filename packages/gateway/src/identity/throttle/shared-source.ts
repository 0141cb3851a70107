import type { WindowCounters } from '../../store/window-counters.ts'
import { databaseKey } from './account.ts'
import type { FailureLimit } from './limits.ts'

/** How long it is remembered that an Odoo takes everybody for one address: `proxy_mode` may be turned on. Seconds. */
const REMEMBERED_SECONDS = 86_400

/** What an Odoo that takes everybody for one address has been shown wrong since a sign-in last succeeded: a key of counts. */
export type SourceCount = string

/**
 * Which Odoos take everybody for one address, as they do without `proxy_mode`. Such an Odoo pauses for everybody after ten
 * failures, and then for a minute after each one more, until any sign-in succeeds (odoo 18.0 res_users.py:
 * _assert_can_auth). One that tells addresses apart pauses only for whoever has failed.
 */
export type SharedSources = {
  /** Where the failures of a database are counted; undefined while nothing says that its Odoo takes everybody for one. */
  countOf(database: string): Promise<SourceCount | undefined>
  /** Odoo paused for an address that had not failed, or paused once more: from now on known addresses alone are let in. */
  paused(database: string): Promise<void>
  /** A sign-in succeeded, and Odoo has forgotten the failures. */
  succeeded(database: string): Promise<void>
}

/** Keeps everything in the counters, so that all nodes know. */
export function createSharedSources(counters: WindowCounters, limit: FailureLimit): SharedSources {
  // 0 until Odoo was found to do so; then one more with each success, which begins a count of its own.
  const turn = async (database: string, points: number) =>
    (await counters.add(`o:${databaseKey(database)}`, points, REMEMBERED_SECONDS)).count
  const countKey = (database: string, number: number) => `d:${databaseKey(database)}:${number}`

  return {
    countOf: async (database) => {
      const number = await turn(database, 0)
      return number === 0 ? undefined : countKey(database, number)
    },
    paused: async (database) => {
      const number = (await turn(database, 0)) || (await turn(database, 1))
      await counters.add(countKey(database, number), limit.failures, limit.windowSeconds)
    },
    succeeded: async (database) => {
      await turn(database, 1)
    },
  }
}
