import { OdooSession, type OdooSessionFacts, signInWithPassword } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { findGrant } from '../store/grants.ts'
import {
  endOdooSession,
  findOdooSession,
  insertOdooSession,
  replaceOdooSessionId,
  wipeOdooSessionId,
} from '../store/odoo-sessions.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from '../tokens/sealer.ts'
import { upstreamErrors } from './errors.ts'
import type { OdooDatabases } from './odoo-databases.ts'
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
  /**
   * Ends a session here, logs it out in Odoo, and forgets its id.
   *
   * @throws OdooUnreachable when Odoo could not be told; the sealed id then stays until the sweep removes it
   */
  end(odooSessionId: string): Promise<void>
}

/** What keeping sessions needs from outside. */
export type OdooSessionsDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly databases: OdooDatabases
  readonly clock: Clock
  readonly random: Random
}

/** Live sessions in memory; more than this are read from the store when they are needed. */
const CACHED_MAX = 10_000

export function createOdooSessions({ store, sealer, databases, clock, random }: OdooSessionsDeps): OdooSessions {
  const live = new LRUCache<string, OdooSession>({ max: CACHED_MAX })
  const idByGrant = new LRUCache<string, string>({ max: CACHED_MAX })

  function keep(id: string, database: string, sessionId: string, firstRevision: number): OdooSession {
    let revision = firstRevision
    const session = new OdooSession(databases.get(database).transport, {
      sessionId,
      // Awaited before the new id is used: Odoo 19 lets the old one die 120 s after it gave a new one.
      onSessionId: async (newSessionId) => {
        const sealedSessionId = sealer.seal(purposeOf(id), newSessionId)
        await replaceOdooSessionId(store.db, { id, revision, sealedSessionId, changedAtMs: clock.nowMs() })
        revision++
      },
    })
    live.set(id, session)
    return session
  }

  /** The session as the store has it; one that has ended only to be logged out. */
  async function load(id: string, { ended }: { readonly ended: boolean }): Promise<OdooSession | undefined> {
    const row = await findOdooSession(store.db, id)
    if (row?.sealedSessionId === undefined || (row.endedAtMs !== undefined && !ended)) return undefined
    return keep(id, row.database, sealer.open(purposeOf(id), row.sealedSessionId), row.revision)
  }

  async function sessionIdBehind(grantId: string): Promise<string> {
    const known = idByGrant.get(grantId)
    if (known !== undefined) return known
    const grant = await findGrant(store.db, grantId)
    if (grant?.odooSessionId === undefined) throw upstreamErrors['session.expired']()
    idByGrant.set(grantId, grant.odooSessionId)
    return grant.odooSessionId
  }

  return {
    open: async (database, credentials, client) => {
      const { transport } = databases.get(database)
      const result = await signInWithPassword(transport, {
        database,
        ...credentials,
        forwardedFor: client.address,
      }).catch((error: unknown) => {
        throw fromOdooError(error)
      })
      if (result.kind !== 'signed_in') return { kind: result.kind }
      const id = newId('os', random)
      const sealedSessionId = sealer.seal(purposeOf(id), result.sessionId)
      const { uid } = result.facts
      await insertOdooSession(store.db, { id, database, uid, sealedSessionId, openedAtMs: clock.nowMs() })
      keep(id, database, result.sessionId, 1)
      return { kind: 'opened', odooSessionId: id, ...userOf(result.facts) }
    },

    behind: async (grantId) => {
      const id = await sessionIdBehind(grantId)
      const session = live.get(id) ?? (await load(id, { ended: false }))
      if (session === undefined) throw upstreamErrors['session.expired']()
      return session
    },

    end: async (id) => {
      await endOdooSession(store.db, id, clock.nowMs())
      const session = live.get(id) ?? (await load(id, { ended: true }))
      live.delete(id)
      await session?.destroy()
      await wipeOdooSessionId(store.db, id)
    },
  }
}

/** Binds a sealed id to its row: one that is moved to another row cannot be opened. */
function purposeOf(id: string): string {
  return `odoo_session/${id}`
}

function userOf({ uid, login, isSystem }: OdooSessionFacts): Omit<OpenedSession, 'kind' | 'odooSessionId'> {
  return { uid, login, administrator: isSystem }
}
