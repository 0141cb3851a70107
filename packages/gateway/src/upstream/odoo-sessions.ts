import { OdooSession, type OdooSessionFacts, signInWithPassword } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { findGrant } from '../store/grants.ts'
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
export type SessionRefusal = { readonly kind: 'denied' | 'second_factor' | 'cooldown' | 'unknown_database' }

/** The Odoo sessions that the gateway holds: one a sign-in, its id sealed in the store. */
export type OdooSessions = {
  /** Signs in to Odoo. The password is handed on and forgotten. */
  open(
    database: string,
    credentials: { readonly login: string; readonly password: string },
    client: { readonly address: string },
  ): Promise<OpenedSession | SessionRefusal>
  /**
   * The live session behind a grant.
   *
   * @throws session.expired when the grant has none, or it has ended
   */
  behind(grantId: string): Promise<OdooSession>
  /** The session behind a grant, if the store knows a newer one than `stale`, which Odoo has refused. */
  newerBehind(grantId: string, stale: OdooSession): Promise<OdooSession | undefined>
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

/** Grants whose session is known without asking the store. */
const CACHED_MAX = 10_000

/** A session without a grant is one whose sign-in was cut off, once it is older than any sign-in takes. Milliseconds. */
const ORPHAN_AGE_MS = 600_000

/** A log-out that has not been heard of for so long has failed. Milliseconds. */
const LOG_OUT_AGE_MS = 180_000

/** Opens nothing: sessions are opened by sign-ins, and read from the store when a grant needs one. */
export function createOdooSessions(deps: OdooSessionsDeps): OdooSessions {
  const { store, databases, clock, random } = deps
  const live = new LiveSessions(deps)
  const idByGrant = new LRUCache<string, string>({ max: CACHED_MAX })

  async function idBehind(grantId: string): Promise<string> {
    const known = idByGrant.get(grantId)
    if (known !== undefined) return known
    const grant = await findGrant(store.db, grantId)
    if (grant?.odooSessionId === undefined) throw upstreamErrors['session.expired']()
    idByGrant.set(grantId, grant.odooSessionId)
    return grant.odooSessionId
  }

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

  return {
    open: async (database, credentials, client) => {
      const { transport } = databases.get(database)
      const asked = { database, ...credentials, forwardedFor: client.address }
      const result = await signInWithPassword(transport, asked).catch((error: unknown) => {
        throw fromOdooError(error)
      })
      if (result.kind === 'second_factor') {
        // Half-open and of no use until the second factor is served.
        const session = new OdooSession(transport, { sessionId: result.sessionId, onSessionId: async () => {} })
        await session.destroy().catch(() => undefined)
      }
      if (result.kind !== 'signed_in') return { kind: result.kind }
      const odooSessionId = await keep(database, result.sessionId, result.facts)
      const { uid, login, isSystem } = result.facts
      return { kind: 'opened', odooSessionId, uid, login, administrator: isSystem }
    },

    behind: async (grantId) => {
      const session = await live.get(await idBehind(grantId))
      if (session === undefined) throw upstreamErrors['session.expired']()
      return session
    },

    newerBehind: async (grantId, stale) => live.newerThan(await idBehind(grantId), stale),

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
