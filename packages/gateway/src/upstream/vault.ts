import { OdooKeyAccess, type OdooKeyRefused, type OdooSession } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import type { Observe } from '../kernel/observation.ts'
import { noteChange } from '../store/changes.ts'
import {
  failOdooCredential,
  findOdooCredential,
  type OdooCredential,
  replaceCredentialSession,
} from '../store/odoo-credentials.ts'
import { sealPurpose } from '../store/sealed-values.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from '../tokens/sealer.ts'
import { upstreamErrors } from './errors.ts'
import type { OdooDatabases } from './odoo-databases.ts'
import type { OdooSessions } from './odoo-sessions.ts'
import type { OdooWay } from './odoo-way.ts'

/** What the vault needs from outside. */
export type VaultDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly databases: OdooDatabases
  readonly sessions: Pick<OdooSessions, 'open' | 'get' | 'newerThan' | 'forget' | 'end'>
  readonly clock: Clock
  readonly observe: Observe
}

/** Ways into Odoo that are known without asking the store. */
const CACHED_MAX = 10_000

/** Odoo's own pause after too many failures (`base.login_cooldown_duration`): nobody signs in meanwhile. Milliseconds. */
const COOLDOWN_MS = 60_000

/** The address that sign-ins of the vault come from: nobody waits for them at a keyboard. */
const OWN_ADDRESS = '127.0.0.1'

type Known = { readonly way: OdooWay; readonly odooSessionId: string | undefined }

/** Why Odoo did not take what the vault holds; told to the audit trail. */
type Refusal = 'denied' | 'second_factor' | 'another_user'

/**
 * Opens Odoo for keys and clients with the credentials that are stored for them. A password signs in once and the
 * session serves until Odoo ends it; then it signs in once more. Whatever Odoo refuses is marked and never tried again,
 * so that Odoo's cooldown, which would shut out everybody behind this address, is not reached.
 */
export class Vault {
  readonly #deps: VaultDeps
  readonly #known = new LRUCache<string, Known>({ max: CACHED_MAX })
  /** Sign-ins under way: whoever needs the same credential meanwhile waits for the same one. */
  readonly #opening = new Map<string, Promise<OdooWay>>()
  readonly #pausedUntilMs = new LRUCache<string, number>({ max: CACHED_MAX })

  constructor(deps: VaultDeps) {
    this.#deps = deps
  }

  /**
   * The way into Odoo of a credential; it is opened if there is none.
   *
   * @throws vault.refused, vault.empty, vault.cooldown, odoo.* when Odoo does not answer
   */
  async wayOf(credentialId: string): Promise<OdooWay> {
    const known = this.#known.get(credentialId)
    if (known?.odooSessionId === undefined) return known?.way ?? this.#openOnce(credentialId, undefined)
    return (await this.#deps.sessions.get(known.odooSessionId)) ?? this.#openOnce(credentialId, undefined)
  }

  /**
   * Another session in the place of one that Odoo has ended: of another call or node that was faster, else a new one.
   *
   * @throws as `wayOf`
   */
  async sessionInPlaceOf(credentialId: string, stale: OdooSession): Promise<OdooWay> {
    const known = this.#known.get(credentialId)
    const newer =
      known?.odooSessionId === undefined ? undefined : await this.#deps.sessions.newerThan(known.odooSessionId, stale)
    return newer ?? this.#openOnce(credentialId, stale)
  }

  /** What a refused API key of Odoo is answered with; one that is not good any more is not tried again. */
  async refusedKey(credentialId: string, { reason }: OdooKeyRefused): Promise<Error> {
    if (reason === 'cooldown') return cooldown()
    const row = await findOdooCredential(this.#deps.store.db, credentialId)
    return row === undefined ? gone() : this.#fail(row, 'denied')
  }

  /** Credentials were changed, here or elsewhere: they are read again when they are needed. Sessions live on. */
  forget(): void {
    this.#known.clear()
    this.#pausedUntilMs.clear()
  }

  #openOnce(credentialId: string, stale: OdooSession | undefined): Promise<OdooWay> {
    const opening =
      this.#opening.get(credentialId) ??
      this.#open(credentialId, stale).finally(() => this.#opening.delete(credentialId))
    this.#opening.set(credentialId, opening)
    return opening
  }

  async #open(credentialId: string, stale: OdooSession | undefined): Promise<OdooWay> {
    const row = await findOdooCredential(this.#deps.store.db, credentialId)
    if (row === undefined) throw gone()
    if (row.failedAtMs !== undefined) throw upstreamErrors['vault.refused']()
    if (row.kind === 'none' || row.sealedSecret === undefined) throw upstreamErrors['vault.empty']()
    const secret = this.#deps.sealer.open(sealPurpose('odoo_credential', row.id), row.sealedSecret)
    return row.kind === 'password' ? this.#openSession(row, secret, stale) : this.#openKey(row, secret)
  }

  async #openKey({ id, database, uid, login }: OdooCredential, key: string): Promise<OdooWay> {
    const { transport, capabilities } = this.#deps.databases.get(database)
    const { json2 } = await capabilities()
    const way = new OdooKeyAccess(transport, { database, uid, login, key, json2 })
    this.#known.set(id, { way, odooSessionId: undefined })
    return way
  }

  async #openSession(row: OdooCredential, password: string, stale: OdooSession | undefined): Promise<OdooWay> {
    const stored = await this.#storedSession(row)
    // What another call or node has opened meanwhile is taken as it is.
    if (stored !== undefined && stored.sessionId !== stale?.sessionId) return stored
    const odooSessionId = await this.#signIn(row, password)
    const { store, sessions } = this.#deps
    const before = row.odooSessionId
    if (await replaceCredentialSession(store.db, { id: row.id, before, after: odooSessionId })) {
      if (before !== undefined) await sessions.forget(before)
      return this.#remember(row.id, odooSessionId)
    }
    // Another node was faster, or the credential is gone: of two sessions one is enough.
    await sessions.end(odooSessionId).catch(() => undefined)
    const now = await findOdooCredential(store.db, row.id)
    if (now?.odooSessionId === undefined) throw gone()
    return this.#remember(row.id, now.odooSessionId)
  }

  /** The session that the credential's row names, if it lives. */
  async #storedSession({ id, odooSessionId }: OdooCredential): Promise<OdooSession | undefined> {
    if (odooSessionId === undefined) return undefined
    const session = await this.#deps.sessions.get(odooSessionId)
    if (session !== undefined) this.#known.set(id, { way: session, odooSessionId })
    return session
  }

  async #remember(credentialId: string, odooSessionId: string): Promise<OdooSession> {
    const session = await this.#deps.sessions.get(odooSessionId)
    if (session === undefined) throw upstreamErrors['session.expired']()
    this.#known.set(credentialId, { way: session, odooSessionId })
    return session
  }

  /** Signs in with the password, for a session of the user that the credential is for. */
  async #signIn(row: OdooCredential, password: string): Promise<string> {
    const { sessions, clock } = this.#deps
    if (clock.nowMs() < (this.#pausedUntilMs.get(row.id) ?? 0)) throw cooldown()
    const { database, login } = row
    const opened = await sessions.open(database, { login, password }, { address: OWN_ADDRESS })
    if (opened.kind === 'cooldown') {
      this.#pausedUntilMs.set(row.id, clock.nowMs() + COOLDOWN_MS)
      throw cooldown()
    }
    // The database may be back in a moment; nothing is wrong with the credential.
    if (opened.kind === 'unknown_database') throw upstreamErrors['odoo.unreachable']({ internal: 'no such database' })
    if (opened.kind !== 'opened') throw await this.#fail(row, opened.kind)
    if (opened.uid === row.uid) return opened.odooSessionId
    await sessions.end(opened.odooSessionId).catch(() => undefined)
    throw await this.#fail(row, 'another_user')
  }

  /** Marks a credential that Odoo has refused, and tells every node. */
  async #fail({ id, database, uid, login }: OdooCredential, reason: Refusal): Promise<Error> {
    const { store, clock, observe } = this.#deps
    this.#known.delete(id)
    const isFirst = await store.transaction(async (tx) => {
      const failed = await failOdooCredential(tx, id, clock.nowMs())
      if (failed) await noteChange(tx, 'credentials')
      return failed
    })
    if (isFirst) observe({ kind: 'credential_refused', credentialId: id, database, uid, login, reason })
    return upstreamErrors['vault.refused']({ internal: `Odoo: ${reason}` })
  }
}

function gone(): Error {
  return upstreamErrors['vault.refused']({ internal: 'the credential is gone' })
}

function cooldown(): Error {
  return upstreamErrors['vault.cooldown']({ data: { retryAfterSeconds: COOLDOWN_MS / 1000 } })
}
