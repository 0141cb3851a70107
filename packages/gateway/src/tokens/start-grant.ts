import { ADMINISTRATION_SCOPE, CONSOLE_CLIENT_ID } from '../kernel/administration-scope.ts'
import { newId } from '../kernel/id.ts'
import { type Grant, insertGrant } from '../store/grants.ts'
import { findOdooSession } from '../store/odoo-sessions.ts'
import { insertRefreshToken } from '../store/refresh-tokens.ts'
import type { Handle } from '../store/tables.ts'
import type { TokenContext } from './context.ts'
import { tokenErrors } from './errors.ts'
import { type IssuedTokens, issueAccess, refreshExpiryMs } from './issue.ts'
import { newRefreshToken } from './refresh-token.ts'

/** What a sign-in says of the grant that it makes. */
export type NewGrant = {
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly api: string
  readonly clientId: string
  /** The surface of the sign-in (`odoo-jwt`, `send-request`, …). */
  readonly surface: string
  readonly scopes: readonly string[]
  /** Member of Odoo's Settings group. */
  readonly administrator: boolean
  /** The Odoo session that the grant stands on; it must be in the store and live. */
  readonly odooSessionId?: string | undefined
  /** Or the credential that opens Odoo for it, again and again. */
  readonly odooCredentialId?: string | undefined
  /** The user agent; what is beyond 200 characters is cut off. */
  readonly device?: string | undefined
}

const DEVICE_LENGTH_MAX = 200

/**
 * Makes a grant and its first tokens. Grants of the same user stand beside each other: one for each sign-in.
 *
 * @throws `grant.session_ended` when the Odoo session ended between the sign-in and this call.
 */
export async function startGrant(context: TokenContext, asked: NewGrant): Promise<IssuedTokens> {
  if (asked.scopes.includes(ADMINISTRATION_SCOPE) && asked.clientId !== CONSOLE_CLIENT_ID) {
    throw new TypeError('Only the console is given the scope for administration.')
  }
  const nowMs = context.clock.nowMs()
  const grant = grantOf(context, asked, nowMs)
  const refresh = newRefreshToken(context.random)
  const refreshExpiresAtMs = refreshExpiryMs(context, grant, nowMs)
  await context.store.transaction(async (tx) => {
    if (grant.odooSessionId !== undefined) await checkSession(tx, grant.odooSessionId)
    await insertGrant(tx, grant)
    await insertRefreshToken(tx, {
      hash: refresh.hash,
      grantId: grant.id,
      issuedAtMs: nowMs,
      expiresAtMs: refreshExpiresAtMs,
    })
  })
  const access = await issueAccess(context, grant)
  context.emit({ kind: 'token_issued', atMs: nowMs, grant })
  return { ...access, refreshToken: refresh.token, refreshExpiresAtMs }
}

function grantOf({ random, lifetimes }: TokenContext, asked: NewGrant, nowMs: number): Grant {
  return {
    id: newId('gr', random),
    database: asked.database,
    uid: asked.uid,
    login: asked.login,
    api: asked.api,
    clientId: asked.clientId,
    surface: asked.surface,
    scopes: asked.scopes,
    administrator: asked.administrator,
    odooSessionId: asked.odooSessionId,
    odooCredentialId: asked.odooCredentialId,
    // A cut can leave half of a surrogate pair behind, which no database takes.
    device: asked.device?.slice(0, DEVICE_LENGTH_MAX).toWellFormed(),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lifetimes.grantMaxLifeSeconds * 1000,
    endedAtMs: undefined,
    endedReason: undefined,
  }
}

/** In the grant's transaction: the last grant on a shared session may be ending, and the session with it. */
async function checkSession(tx: Handle, odooSessionId: string): Promise<void> {
  const session = await findOdooSession(tx, odooSessionId)
  if (session === undefined || session.endedAtMs !== undefined) throw tokenErrors['grant.session_ended']()
}
