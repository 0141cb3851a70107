import { OdooSession } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import { findOdooSession, replaceOdooSessionId } from '../store/odoo-sessions.ts'
import { sealPurpose } from '../store/sealed-values.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from '../tokens/sealer.ts'
import type { OdooDatabases } from './odoo-databases.ts'

/** What the sessions in memory need from outside. */
export type LiveSessionsDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly databases: OdooDatabases
  readonly clock: Clock
}

/** More sessions than this are read from the store when they are needed. */
const CACHED_MAX = 10_000

type Entry = { readonly session: OdooSession; revision: number }

/**
 * The Odoo sessions in memory, each there once: what Odoo rotates in one call, every other call uses. The store is the
 * truth; a session that it knows better is read from it again.
 */
export class LiveSessions {
  readonly #deps: LiveSessionsDeps
  readonly #entries = new LRUCache<string, Entry>({ max: CACHED_MAX })
  readonly #loading = new Map<string, Promise<Entry | undefined>>()

  constructor(deps: LiveSessionsDeps) {
    this.#deps = deps
  }

  /** A new id of Odoo as the store keeps it: sealed, and bound to the row. */
  seal(id: string, sessionId: string): string {
    return this.#deps.sealer.seal(purposeOf(id), sessionId)
  }

  /** Takes over a session that is in the store at this revision. */
  adopt(id: string, database: string, sessionId: string, revision: number): OdooSession {
    return this.#keep(id, database, sessionId, revision).session
  }

  /** The session; undefined when it has ended. */
  async get(id: string): Promise<OdooSession | undefined> {
    return (this.#entries.get(id) ?? (await this.#load(id)))?.session
  }

  /**
   * The session anew, if the store knows a newer id than `stale` had: another node has seen Odoo rotate. Undefined when
   * it does not, or the session has ended.
   */
  async newerThan(id: string, stale: OdooSession): Promise<OdooSession | undefined> {
    const entry = this.#entries.get(id)
    if (entry !== undefined && entry.session !== stale) return entry.session
    const row = await findOdooSession(this.#deps.store.db, id)
    if (row === undefined || entry === undefined || row.revision === entry.revision) return undefined
    this.#entries.delete(id)
    return this.get(id)
  }

  /** Forgets a session in memory. */
  drop(id: string): void {
    this.#entries.delete(id)
  }

  /** The session to log it out, also when it has ended here already; it is forgotten in memory. */
  async take(id: string): Promise<OdooSession | undefined> {
    const entry = this.#entries.get(id)
    this.#entries.delete(id)
    if (entry !== undefined) return entry.session
    const row = await findOdooSession(this.#deps.store.db, id)
    if (row?.sealedSessionId === undefined) return undefined
    const sessionId = this.#deps.sealer.open(purposeOf(id), row.sealedSessionId)
    return new OdooSession(this.#deps.databases.get(row.database).transport, { sessionId, onSessionId: async () => {} })
  }

  /** From the store, once for all who ask at the same time: two objects would each go on with an id of their own. */
  #load(id: string): Promise<Entry | undefined> {
    const loading = this.#loading.get(id) ?? this.#read(id).finally(() => this.#loading.delete(id))
    this.#loading.set(id, loading)
    return loading
  }

  async #read(id: string): Promise<Entry | undefined> {
    const row = await findOdooSession(this.#deps.store.db, id)
    if (row?.sealedSessionId === undefined || row.endedAtMs !== undefined) return undefined
    const sessionId = this.#deps.sealer.open(purposeOf(id), row.sealedSessionId)
    return this.#keep(id, row.database, sessionId, row.revision)
  }

  #keep(id: string, database: string, sessionId: string, revision: number): Entry {
    const entry: Entry = {
      revision,
      session: new OdooSession(this.#deps.databases.get(database).transport, {
        sessionId,
        onSessionId: (newSessionId) => this.#store(id, entry, newSessionId),
      }),
    }
    this.#entries.set(id, entry)
    return entry
  }

  /**
   * Keeps an id that Odoo has rotated to. Awaited before it is used: Odoo 19 lets the old one die 120 s later. Where the
   * store knows better by now, this object is dropped, and the next call reads the session anew.
   */
  async #store(id: string, entry: Entry, sessionId: string): Promise<void> {
    const { store, clock } = this.#deps
    const replacement = { id, revision: entry.revision, sealedSessionId: this.seal(id, sessionId) }
    if (await replaceOdooSessionId(store.db, { ...replacement, changedAtMs: clock.nowMs() })) entry.revision++
    else if (this.#entries.get(id) === entry) this.#entries.delete(id)
  }
}

/** Binds a sealed id to its row: one that is moved to another row cannot be opened. */
function purposeOf(id: string): string {
  return sealPurpose('odoo_session', id)
}
