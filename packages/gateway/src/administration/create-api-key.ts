import { newApiKey, shownPartOf } from '../identity/api-keys/api-key.ts'
import { hashSecret } from '../kernel/hash.ts'
import { newId } from '../kernel/id.ts'
import type { ApiInput } from '../policy/api.ts'
import { FULL_SCOPES } from '../policy/scope.ts'
import { type ApiKey, insertApiKey } from '../store/api-keys.ts'
import { insertGrant } from '../store/grants.ts'
import type { Handle } from '../store/tables.ts'
import type { OdooProof } from '../upstream/prove-odoo-user.ts'
import { checkAccessTerms } from './access-terms.ts'
import { type BindingDeps, type BoundUser, bindOdooUser } from './bound-credential.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** A key that somebody wants. */
export type ApiKeyAsked = {
  readonly name: string
  readonly api: ApiInput
  /** The Odoo user that it acts as, and what shows that it may. */
  readonly login: string
  readonly proof: OdooProof
  /** Everything that the API allows, when absent. */
  readonly scopes?: readonly string[] | undefined
  /** Networks that it may be used from; everywhere, when absent. */
  readonly addresses?: readonly string[] | undefined
  readonly expiresAtMs?: number | undefined
  /** Part of the demo, and good on the sandbox alone. */
  readonly forSandbox?: boolean
}

/** A key that was just made. The key itself is not stored and cannot be shown again. */
export type NewApiKey = { readonly key: string; readonly apiKey: ApiKey; readonly actsBy: BoundUser['kind'] }

/** The surface that calls with keys are counted to. */
export const API_KEY_SURFACE = 'api-key'

/** The client that the grant of a key is made for. */
export function clientIdOfKey(keyId: string): string {
  return `key:${keyId}`
}

/** The key of a grant's client, if it is the grant of a key. */
export function keyIdOfClient(clientId: string): string | undefined {
  return clientId.startsWith('key:') ? clientId.slice('key:'.length) : undefined
}

/** The last millisecond that a date of four-digit years has: the end of a grant that has none. */
const NEVER_MS = Date.UTC(9999, 11, 31)

/**
 * Makes an API key with a grant of its own, after Odoo has taken what it will act with.
 *
 * @throws admin.invalid, proof.*, odoo.*; then nothing was stored
 */
export async function createApiKey(asked: ApiKeyAsked, by: string, deps: BindingDeps): Promise<NewApiKey> {
  const { api, login, proof, scopes = FULL_SCOPES, addresses = [], expiresAtMs, forSandbox = false } = asked
  const { clock, random } = deps
  checkAccessTerms({ name: asked.name, api, scopes, addresses })
  checkEnd(expiresAtMs, clock.nowMs())
  if (!api.waysIn.includes('api_key')) {
    const command = `gatehouse api set ${api.name} --ways-in ${[...api.waysIn, 'api_key'].join(',')}`
    const message = `The API "${api.name}" takes no API keys: open it for them first (\`${command}\`).`
    throw administrationErrors['admin.invalid']({ message, data: { field: 'api' } })
  }
  const key = newApiKey(random)
  const { database } = api
  return bindOdooUser(
    { database, login, proof },
    async (tx, odooCredentialId, user) => {
      const apiKey: ApiKey = {
        ...{ id: newId('key', random), prefix: shownPartOf(key), hash: hashSecret(key), name: asked.name },
        ...{ database, uid: user.uid, login: user.login, api: api.name, scopes, addresses },
        ...{ odooCredentialId, grantId: newId('gr', random), forSandbox },
        ...{ createdAtMs: clock.nowMs(), expiresAtMs, revokedAtMs: undefined },
        ...{ lastUsedAtMs: undefined, lastUsedAddress: undefined },
      }
      await insertGrantOfKey(tx, apiKey, user)
      await insertApiKey(tx, apiKey)
      const { prefix, grantId } = apiKey
      const change = { subject: 'key', action: 'created', by, name: prefix, database, api: api.name, grantId } as const
      await recordChange(tx, { ...change, uid: user.uid, login: user.login }, deps)
      return { key, apiKey, actsBy: user.kind }
    },
    deps,
  )
}

/** The one grant of a key: by it the key is listed, audited and ended like every sign-in. It has no tokens. */
export async function insertGrantOfKey(
  tx: Handle,
  key: ApiKey,
  { administrator }: Pick<BoundUser, 'administrator'>,
): Promise<void> {
  await insertGrant(tx, {
    ...{ id: key.grantId, database: key.database, uid: key.uid, login: key.login, api: key.api },
    ...{ clientId: clientIdOfKey(key.id), surface: API_KEY_SURFACE, scopes: key.scopes, administrator },
    ...{ odooSessionId: undefined, odooCredentialId: key.odooCredentialId, device: key.name },
    ...{ createdAtMs: key.createdAtMs, expiresAtMs: key.expiresAtMs ?? NEVER_MS },
    ...{ endedAtMs: undefined, endedReason: undefined },
  })
}

function checkEnd(expiresAtMs: number | undefined, nowMs: number): void {
  if (expiresAtMs === undefined || (expiresAtMs > nowMs && expiresAtMs <= NEVER_MS)) return
  const message = 'The key would have expired already, or never would: name a time to come, before the year 9999.'
  throw administrationErrors['admin.invalid']({ message, data: { field: 'expires' } })
}
