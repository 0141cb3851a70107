import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import {
  type ApiKey,
  type ApiKeyFilter,
  findApiKeysNamed,
  listApiKeys,
  rebindApiKey as rebindStoredKey,
  revokeApiKey,
} from '../store/api-keys.ts'
import { noteChange } from '../store/changes.ts'
import { rebindGrant } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import type { RevokeGrant } from '../tokens/revoke-grant.ts'
import type { OdooProof } from '../upstream/prove-odoo-user.ts'
import { type BindingDeps, type BoundUser, bindOdooUser, releaseCredential } from './bound-credential.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** What has become of a key. */
export type ApiKeyState = 'active' | 'expired' | 'revoked'

/** More keys than this are not listed at once; a filter shows the others. */
export const LISTED_KEYS_MAX = 1000

/** The state of a key now. */
export function stateOfApiKey({ revokedAtMs, expiresAtMs }: ApiKey, nowMs: number): ApiKeyState {
  if (revokedAtMs !== undefined) return 'revoked'
  return expiresAtMs !== undefined && nowMs >= expiresAtMs ? 'expired' : 'active'
}

/** The keys of a filter, the newest first. */
export function findApiKeys(filter: ApiKeyFilter, { store }: { readonly store: Store }): Promise<readonly ApiKey[]> {
  return listApiKeys(store.db, filter, LISTED_KEYS_MAX)
}

/**
 * The key that somebody names by its id or its first twelve characters. More of a key than that is not taken: it would
 * stand in histories and logs.
 *
 * @throws admin.not_found, admin.conflict when several keys begin alike
 */
export async function requireApiKey(idOrPrefix: string, { store }: { readonly store: Store }): Promise<ApiKey> {
  const [key, ...others] = await findApiKeysNamed(store.db, idOrPrefix)
  if (key === undefined) {
    throw administrationErrors['admin.not_found']({
      message: 'There is no API key of this id or prefix (twelve characters, ghk_…): see `gatehouse key list`.',
    })
  }
  if (others.length === 0) return key
  const ids = [key, ...others].map(({ id }) => id).join(', ')
  throw administrationErrors['admin.conflict']({ message: `Several API keys begin so: name one by its id (${ids}).` })
}

/** What revoking takes. */
export type RevokeKeyDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly revokeGrant: RevokeGrant
}

/**
 * Revokes a key for good: every node refuses it within seconds, its grant ends, and what it acted with is forgotten.
 *
 * @returns false when it was revoked before
 */
export async function endApiKey(key: ApiKey, by: string, deps: RevokeKeyDeps): Promise<boolean> {
  const { store, clock, revokeGrant } = deps
  const { id, prefix: name, database, api, uid, login, grantId } = key
  const isFirst = await store.transaction(async (tx) => {
    if (!(await revokeApiKey(tx, id, clock.nowMs()))) return false
    await noteChange(tx, 'credentials')
    await releaseCredential(tx, key.odooCredentialId, clock.nowMs())
    await recordChange(tx, { subject: 'key', action: 'revoked', by, name, database, api, uid, login, grantId }, deps)
    return true
  })
  // Also the second time: the first may have been cut off here. The grant of a key of long ago may have been swept.
  await revokeGrant(grantId, 'key_revoked').catch((error: unknown) => {
    if (isFirst) throw error
  })
  return isFirst
}

/**
 * Gives a key something new to act with, for the same Odoo user, after Odoo has taken it. The key stays as it is.
 *
 * @throws admin.conflict for a key that is revoked, or when Odoo says that the user is another, proof.*, odoo.*
 */
export async function rebindApiKey(
  key: ApiKey,
  proof: OdooProof,
  by: string,
  deps: BindingDeps,
): Promise<BoundUser['kind']> {
  const { clock } = deps
  const { id, database, api, login, uid, grantId, prefix: name } = key
  if (key.revokedAtMs !== undefined) {
    throw administrationErrors['admin.conflict']({ message: 'This key is revoked: make another.' })
  }
  return bindOdooUser(
    { database, login, proof },
    async (tx, odooCredentialId, user) => {
      if (user.uid !== uid) {
        const message = `"${login}" is another user in Odoo than when the key was made: make a new key.`
        throw administrationErrors['admin.conflict']({ message })
      }
      await releaseCredential(tx, key.odooCredentialId, clock.nowMs())
      await rebindStoredKey(tx, id, { uid, odooCredentialId, grantId })
      await rebindGrant(tx, grantId, odooCredentialId)
      const change = { subject: 'credential', action: 'changed', by, name, database, api, uid, login, grantId } as const
      await recordChange(tx, change, deps)
      return user.kind
    },
    deps,
  )
}
