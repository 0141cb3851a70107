import type { ApiKey } from '../store/api-keys.ts'
import type { Client } from '../store/clients.ts'
import type { Grant } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import { type Administrator, requireDatabase } from './administrator.ts'
import { requireApiKey } from './api-keys.ts'
import { requireClient } from './clients.ts'
import { requireGrant } from './find-grants.ts'

type Deps = { readonly store: Store }

/**
 * The key of this id, where the administrator reaches so far.
 *
 * @throws admin.not_found, admin.forbidden
 */
export async function reachApiKey(administrator: Administrator, id: string, deps: Deps): Promise<ApiKey> {
  const key = await requireApiKey(id, deps)
  requireDatabase(administrator, key.database)
  return key
}

/**
 * The client of this id, where the administrator reaches so far.
 *
 * @throws admin.not_found, admin.forbidden
 */
export async function reachClient(administrator: Administrator, clientId: string, deps: Deps): Promise<Client> {
  const client = await requireClient(clientId, deps)
  requireDatabase(administrator, client.database)
  return client
}

/**
 * The grant of this id, where the administrator reaches so far.
 *
 * @throws admin.not_found, admin.forbidden
 */
export async function reachGrant(administrator: Administrator, id: string, deps: Deps): Promise<Grant> {
  const grant = await requireGrant(id, deps)
  requireDatabase(administrator, grant.database)
  return grant
}
