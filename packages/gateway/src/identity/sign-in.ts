import type { Observe } from '../kernel/observation.ts'
import type { IssuedTokens } from '../tokens/issue.ts'
import type { NewGrant } from '../tokens/start-grant.ts'
import type { OpenedSession, SessionRefusal } from '../upstream/odoo-sessions.ts'
import type { Door } from './choose-door.ts'
import { identityErrors } from './errors.ts'
import type { RequestFacts } from './request-facts.ts'

/** What a person typed. */
export type PasswordCredentials = { readonly login: string; readonly password: string }

/** Which surface signs the person in, and the client that the grant will belong to. */
export type SignInSurface = { readonly surface: string; readonly clientId: string }

/** What signing in needs from outside. */
export type SignInDeps = {
  readonly odoo: {
    open(
      database: string,
      credentials: PasswordCredentials,
      client: { readonly address: string },
    ): Promise<OpenedSession | SessionRefusal>
    /** Logs a session out that no grant came to own. */
    end(odooSessionId: string): Promise<void>
  }
  readonly tokens: { startGrant(grant: NewGrant): Promise<IssuedTokens> }
  readonly observe: Observe
}

/** Odoo's own pause after too many failures (`base.login_cooldown_duration`). Seconds. */
const COOLDOWN_SECONDS = 60

/**
 * Signs a person in with login and password. The password goes to Odoo and nowhere else; what stays is the session
 * that Odoo opened, sealed.
 *
 * @throws signin.denied, signin.second_factor, signin.cooldown, api.way_in_closed
 */
export async function signInWithPassword(
  request: RequestFacts,
  { database, api }: Door,
  credentials: PasswordCredentials,
  by: SignInSurface,
  deps: SignInDeps,
): Promise<IssuedTokens> {
  if (!api.waysIn.includes('password')) throw identityErrors['api.way_in_closed']()
  const { address, requestId } = request
  const where = { database, api: api.name, surface: by.surface, address, requestId }

  const session = await deps.odoo.open(database, credentials, { address })
  if (session.kind !== 'opened') {
    deps.observe({ kind: 'sign_in_refused', reason: session.kind, ...where })
    throw REFUSALS[session.kind]()
  }
  const { odooSessionId, uid, login, administrator } = session
  try {
    const issued = await deps.tokens.startGrant({
      database,
      uid,
      login,
      administrator,
      odooSessionId,
      api: api.name,
      scopes: api.scopes,
      surface: by.surface,
      clientId: by.clientId,
      ...deviceOf(request),
    })
    deps.observe({ kind: 'signed_in', uid, login, grantId: issued.principal.grantId, ...where })
    return issued
  } catch (error) {
    // The grant is what failed: that Odoo may not hear of the log-out must not hide it.
    await deps.odoo.end(odooSessionId).catch(() => undefined)
    throw error
  }
}

const REFUSALS = {
  denied: () => identityErrors['signin.denied'](),
  // A client is told the same; the log tells whoever set ODOO_DB.
  unknown_database: () => identityErrors['signin.denied']({ internal: 'Odoo does not have this database' }),
  second_factor: () => identityErrors['signin.second_factor']({ data: { extra: { mfa_required: true } } }),
  cooldown: () => identityErrors['signin.cooldown']({ data: { retryAfterSeconds: COOLDOWN_SECONDS } }),
} as const satisfies Record<SessionRefusal['kind'], () => Error>

/** How the person will recognise the grant in a list of devices. */
function deviceOf(request: RequestFacts): { device?: string } {
  const device = request.headerValues('user-agent')[0]
  return device === undefined ? {} : { device }
}
