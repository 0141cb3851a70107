import { OdooFault, OdooKeyRefused, OdooSession } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import { findGrant } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import { upstreamErrors } from './errors.ts'
import type { OdooSessions } from './odoo-sessions.ts'
import type { OdooWay } from './odoo-way.ts'
import type { Vault } from './vault.ts'

/** What finding the way of a grant needs from outside. */
export type GrantWaysDeps = {
  readonly store: Store
  readonly sessions: Pick<OdooSessions, 'get' | 'newerThan'>
  readonly vault: Pick<Vault, 'wayOf' | 'sessionInPlaceOf' | 'refusedKey'>
  /** Ends a grant whose Odoo session has died and that holds no credential to open another. */
  readonly endGrant: (grantId: string, reason: string) => Promise<void>
}

/** How grants get into Odoo: a sign-in by its own session, a key or client by what the vault holds for it. */
export type GrantWays = {
  /**
   * The way of a grant.
   *
   * @throws session.expired, vault.* (`vault.ts`)
   */
  behind(grantId: string): Promise<OdooWay>
  /**
   * The way to send a call on again that Odoo did not carry out, since it refused the way and not the call; undefined
   * when it refused the call.
   *
   * @throws session.expired, vault.* where there is no other way
   */
  insteadOf(grantId: string, refused: OdooWay, error: unknown): Promise<OdooWay | undefined>
  /** Credentials were changed: which grant has which is read again. */
  forget(): void
}

type Standing = { readonly session: string } | { readonly credential: string }

/** Grants whose standing is known without asking the store. */
const CACHED_MAX = 10_000

/** Asks the store once for a grant, and remembers on what it stands. */
export function createGrantWays({ store, sessions, vault, endGrant }: GrantWaysDeps): GrantWays {
  const standings = new LRUCache<string, Standing>({ max: CACHED_MAX })

  async function standingOf(grantId: string): Promise<Standing> {
    const known = standings.get(grantId)
    if (known !== undefined) return known
    const grant = await findGrant(store.db, grantId)
    const standing =
      grant?.odooSessionId !== undefined
        ? { session: grant.odooSessionId }
        : grant?.odooCredentialId !== undefined
          ? { credential: grant.odooCredentialId }
          : undefined
    if (standing === undefined) throw upstreamErrors['session.expired']()
    standings.set(grantId, standing)
    return standing
  }

  return {
    behind: async (grantId) => {
      const standing = await standingOf(grantId)
      if ('credential' in standing) return vault.wayOf(standing.credential)
      const session = await sessions.get(standing.session)
      if (session === undefined) throw upstreamErrors['session.expired']()
      return session
    },

    insteadOf: async (grantId, refused, error) => {
      const standing = await standingOf(grantId)
      if (error instanceof OdooKeyRefused) {
        if ('credential' in standing) throw await vault.refusedKey(standing.credential, error)
        return undefined
      }
      if (!(error instanceof OdooFault && error.isSessionEnded && refused instanceof OdooSession)) return undefined
      if ('credential' in standing) return vault.sessionInPlaceOf(standing.credential, refused)
      const newer = await sessions.newerThan(standing.session, refused)
      if (newer !== undefined) return newer
      await endGrant(grantId, 'odoo_session_expired')
      throw upstreamErrors['session.expired']({ cause: error })
    },

    forget: () => standings.clear(),
  }
}
