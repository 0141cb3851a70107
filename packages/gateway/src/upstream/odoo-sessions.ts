import {
  beginSecondFactor,
  cancelSecondFactor,
  finishSecondFactor,
  type HalfOpenSession,
  type OdooSession,
  type OdooSessionFacts,
  signInWithPassword,
  type TrustedDevice,
} from '@odoo-gatehouse/odoo/client'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import {
  endOdooSession,
  endOrphanedOdooSessions,
  insertOdooSession,
  listOdooSessionsToLogOut,
  wipeOdooSessionId,
} from '../store/odoo-sessions.ts'
import { upstreamErrors } from './errors.ts'
import { LiveSessions, type LiveSessionsDeps } from './live-sessions.ts'
import { fromOdooError } from './odoo-errors.ts'

/** An Odoo session that is open, and kept in the store under an id of ours. */
export type OpenedSession = {
  readonly kind: 'opened'
  readonly odooSessionId: string
  readonly uid: number
  readonly login: string
  /** Member of Odoo's Settings group. */
  readonly administrator: boolean
}

/** Why Odoo opened no session. */
export type SessionRefusal = PasswordRefusal | { readonly kind: 'second_factor' }

/** Why Odoo does not take a password. */
export type PasswordRefusal = { readonly kind: 'denied' | 'cooldown' | 'unknown_database' }

/** The password was right, and Odoo awaits a code. Nothing of it is in the store. */
export type AwaitedSecondFactor = { readonly kind: 'second_factor'; readonly half: HalfOpenSession }

/** A session that a code has opened, and the device that Odoo trusts from now on, where it was asked to. */
export type FinishedSession = OpenedSession & { readonly trustedDevice?: TrustedDevice }

/** Why a code opened no session: see `SecondFactorResult`. */
export type CodeRefusal = { readonly kind: 'wrong_code' | 'too_many_tries' | 'cooldown' | 'session_over' }

/** Who signs in, as far as Odoo is told. */
export type OdooClient = { readonly address: string; readonly userAgent?: string }

/** The Odoo sessions that the gateway holds: one a sign-in, its id sealed in the store. */
export type OdooSessions = {
  /** Signs in to Odoo. The password is handed on and forgotten; a second factor that is awaited is given up. */
  open(
    database: string,
    credentials: { readonly login: string; readonly password: string },
    client: OdooClient,
  ): Promise<OpenedSession | SessionRefusal>
  /**
   * Signs in to Odoo, or begins to: a second factor that is awaited is for `finish` or `cancel`.
   *
   * @param credentials with the id of a device that Odoo trusts, which spares the code
   */
  begin(
    database: string,
    credentials: { readonly login: string; readonly password: string; readonly trustedDevice?: string },
    client: OdooClient,
  ): Promise<OpenedSession | AwaitedSecondFactor | PasswordRefusal>
  /** Shows Odoo the code that it awaits. `remember`: Odoo is to trust the device. */
  finish(
    database: string,
    half: HalfOpenSession,
    code: { readonly code: string; readonly remember: boolean },
    client: OdooClient,
  ): Promise<FinishedSession | CodeRefusal>
  /**
   * Has Odoo forget a second factor that nobody will finish.
   *
   * @throws OdooUnreachable
   */
  cancel(database: string, half: HalfOpenSession): Promise<void>
  /** The live session of this id; undefined when it has ended. */
  get(odooSessionId: string): Promise<OdooSession | undefined>
  /** That session, if the store knows a newer id of it than `stale` has, which Odoo has refused. */
  newerThan(odooSessionId: string, stale: OdooSession): Promise<OdooSession | undefined>
  /** Ends a session here that Odoo has ended already, and forgets its id. */
  forget(odooSessionId: string): Promise<void>
  /**
   * Ends a session here, logs it out in Odoo, and forgets its id.
   *
   * @throws OdooUnreachable when Odoo could not be told; the sealed id then stays until the sweep removes it
   */
  end(odooSessionId: string): Promise<void>
  /**
   * At most `limit` sessions that Odoo still has to be told of: they ended a while ago and their log-out failed, or
   * their sign-in never came to a grant.
   */
  leftToEnd(limit: number): Promise<readonly string[]>
}

/** What keeping sessions needs from outside. */
export type OdooSessionsDeps = LiveSessionsDeps & { readonly random: Random }

/** A session without a grant is one whose sign-in was cut off, once it is older than any sign-in takes. Milliseconds. */
const ORPHAN_AGE_MS = 600_000

/** A log-out that has not been heard of for so long has failed. Milliseconds. */
const LOG_OUT_AGE_MS = 180_000

/** Opens nothing: sessions are opened by sign-ins, and read from the store when a grant needs one. */
export function createOdooSessions(deps: OdooSessionsDeps): OdooSessions {
  const { store, databases, clock, random } = deps
  const live = new LiveSessions(deps)

  /** Keeps a session that Odoo has just opened; one that cannot be kept is logged out at once. */
  async function keep(database: string, sessionId: string, { uid }: OdooSessionFacts): Promise<string> {
    const id = newId('os', random)
    const session = live.adopt(id, database, sessionId, 1)
    try {
      const sealedSessionId = live.seal(id, sessionId)
      await insertOdooSession(store.db, { id, database, uid, sealedSessionId, openedAtMs: clock.nowMs() })
      return id
    } catch (error) {
      await live.take(id)
      // The store is what failed: that Odoo may not hear of the log-out must not hide it.
      await session.destroy().catch(() => undefined)
      throw error
    }
  }

  async function opened(database: string, sessionId: string, facts: OdooSessionFacts): Promise<OpenedSession> {
    const odooSessionId = await keep(database, sessionId, facts)
    const { uid, login, isSystem } = facts
    return { kind: 'opened', odooSessionId, uid, login, administrator: isSystem }
  }

  const begin: OdooSessions['begin'] = async (database, { trustedDevice, ...credentials }, client) => {
    const { transport } = databases.get(database)
    const asked = { database, ...credentials, forwardedFor: client.address }
    const result = await told(signInWithPassword(transport, asked))
    if (result.kind === 'signed_in') return opened(database, result.sessionId, result.facts)
    if (result.kind !== 'second_factor') return { kind: result.kind }
    const { sessionId } = result
    const device = trustedDevice === undefined ? {} : { trustedDevice }
    const begun = await told(beginSecondFactor(transport, { sessionId, ...device, ...behalfOf(client) }))
    if (begun.kind === 'signed_in') return opened(database, begun.sessionId, begun.facts)
    // A session that Odoo has just opened and does not know any more.
    if (begun.kind === 'session_over') throw upstreamErrors['session.lost']()
    const { csrfToken, method } = begun
    return { kind: 'second_factor', half: { sessionId: begun.sessionId, csrfToken, method } }
  }
  const cancel: OdooSessions['cancel'] = (database, half) => cancelSecondFactor(databases.get(database).transport, half)

  return {
    begin,
    cancel,

    open: async (database, credentials, client) => {
      const begun = await begin(database, credentials, client)
      // Of no use here, whether Odoo hears of it or not.
      if (begun.kind === 'second_factor') await cancel(database, begun.half).catch(() => undefined)
      return begun.kind === 'second_factor' ? { kind: 'second_factor' } : begun
    },

    finish: async (database, half, { code, remember }, client) => {
      const { transport } = databases.get(database)
      const result = await told(finishSecondFactor(transport, half, { code, remember, ...behalfOf(client) }))
      if (result.kind !== 'signed_in') return result
      const session = await opened(database, result.sessionId, result.facts)
      return { ...session, ...(result.trustedDevice === undefined ? {} : { trustedDevice: result.trustedDevice }) }
    },

    get: (id) => live.get(id),

    newerThan: (id, stale) => live.newerThan(id, stale),

    forget: async (id) => {
      await endOdooSession(store.db, id, clock.nowMs())
      live.drop(id)
      await wipeOdooSessionId(store.db, id)
    },

    leftToEnd: async (limit) => {
      const nowMs = clock.nowMs()
      await endOrphanedOdooSessions(store.db, nowMs - ORPHAN_AGE_MS, limit)
      const left = await listOdooSessionsToLogOut(store.db, nowMs - LOG_OUT_AGE_MS, limit)
      return left.map(({ id }) => id)
    },

    end: async (id) => {
      await endOdooSession(store.db, id, clock.nowMs())
      const session = await live.take(id)
      await session?.destroy()
      await wipeOdooSessionId(store.db, id)
    },
  }
}

/** What Odoo or the way to it refused becomes an error for a client. */
function told<Result>(asking: Promise<Result>): Promise<Result> {
  return asking.catch((error: unknown) => {
    throw fromOdooError(error)
  })
}

function behalfOf({ address, userAgent }: OdooClient): { forwardedFor: string; userAgent?: string } {
  return { forwardedFor: address, ...(userAgent === undefined ? {} : { userAgent }) }
}
