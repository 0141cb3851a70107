import type { Observe } from '../kernel/observation.ts'
import type { IssuedTokens } from '../tokens/issue.ts'
import type { NewGrant } from '../tokens/start-grant.ts'
import type { OpenedSession } from '../upstream/odoo-sessions.ts'
import type { Door } from './choose-door.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Throttle } from './throttle/throttle.ts'

/** Which surface signs the person in, and the client that the grant will belong to. */
export type SignInSurface = { readonly surface: string; readonly clientId: string }

/** What making a grant of a session needs from outside. */
export type GrantSessionDeps = {
  readonly odoo: {
    /** Logs a session out that no grant came to own. */
    end(odooSessionId: string): Promise<void>
  }
  readonly tokens: { startGrant(grant: NewGrant): Promise<IssuedTokens> }
  readonly throttle: Pick<Throttle, 'succeeded'>
  readonly observe: Observe
}

/**
 * Makes a grant of a session that Odoo has just opened. Where that fails, the session is ended.
 *
 * @param typedLogin as the person wrote it, which is what failures are counted by
 */
export async function grantSession(
  request: RequestFacts,
  { database, api }: Door,
  { odooSessionId, uid, login, administrator }: OpenedSession,
  { surface, clientId, typedLogin }: SignInSurface & { readonly typedLogin: string },
  deps: GrantSessionDeps,
): Promise<IssuedTokens> {
  const { address, requestId } = request
  try {
    await deps.throttle.succeeded({ database, login: typedLogin }, request)
    const issued = await deps.tokens.startGrant({
      database,
      uid,
      login,
      administrator,
      odooSessionId,
      api: api.name,
      scopes: api.scopes,
      surface,
      clientId,
      ...deviceOf(request),
    })
    const { grantId } = issued.principal
    deps.observe({ kind: 'signed_in', uid, login, grantId, database, api: api.name, surface, address, requestId })
    return issued
  } catch (error) {
    // The grant is what failed: that Odoo may not hear of the log-out must not hide it.
    await deps.odoo.end(odooSessionId).catch(() => undefined)
    throw error
  }
}

/** How the person will recognise the grant in a list of devices. */
function deviceOf(request: RequestFacts): { device?: string } {
  const device = request.headerValues('user-agent')[0]
  return device === undefined ? {} : { device }
}
