import { type BindingDeps, bindOdooUser, releaseCredential } from '../../administration/bound-credential.ts'
import { insertGrantOfKey } from '../../administration/create-api-key.ts'
import { hashSecret } from '../../kernel/hash.ts'
import { newId } from '../../kernel/id.ts'
import { findApiKeyByHash, rebindApiKey } from '../../store/api-keys.ts'
import { findClient, rebindClient } from '../../store/clients.ts'
import { findNodeSetting } from '../../store/node-settings.ts'
import { createGrantRevoker } from '../../tokens/revoke-grant.ts'

/** The Odoo user that the demo's client and key act as, and how. */
export const DEMO_LOGIN = 'demo'
export const DEMO_PROOF = { kind: 'password', password: 'demo' } as const

/** What the store calls the version of the sandbox that the demo's key and client are bound to. */
export const DEMO_BOUND_TO = 'demo_bound_to_odoo'

/**
 * Binds the demo's key and client anew after the sandbox was changed for one of another version, whose users have other
 * ids. Key and secret stay as they are.
 */
export async function rebindDemo(
  { api_key, client }: { readonly api_key: string; readonly client: { readonly client_id: string } },
  sandboxVersion: string,
  deps: BindingDeps,
): Promise<void> {
  if ((await findNodeSetting(deps.store.db, DEMO_BOUND_TO)) === sandboxVersion) return
  await rebindKey(api_key, deps)
  await rebindDemoClient(client.client_id, deps)
}

async function rebindKey(text: string, deps: BindingDeps): Promise<void> {
  const { store, clock, random } = deps
  const key = await findApiKeyByHash(store.db, hashSecret(text))
  if (key === undefined || key.revokedAtMs !== undefined) return
  await bindOdooUser(
    { database: key.database, login: DEMO_LOGIN, proof: DEMO_PROOF },
    async (tx, odooCredentialId, user) => {
      await releaseCredential(tx, key.odooCredentialId, clock.nowMs())
      const bound = { uid: user.uid, odooCredentialId, grantId: newId('gr', random) }
      await insertGrantOfKey(tx, { ...key, ...bound }, user)
      await rebindApiKey(tx, key.id, bound)
    },
    deps,
  )
  // A grant is for one user: that of the user before ends.
  await createGrantRevoker(deps)(key.grantId, 'sandbox_changed').catch(() => undefined)
}

async function rebindDemoClient(clientId: string, deps: BindingDeps): Promise<void> {
  const client = await findClient(deps.store.db, clientId)
  if (client === undefined) return
  await bindOdooUser(
    { database: client.database, login: DEMO_LOGIN, proof: DEMO_PROOF },
    async (tx, odooCredentialId, { uid, login }) => {
      const before = client.user?.odooCredentialId
      if (before !== undefined) await releaseCredential(tx, before, deps.clock.nowMs())
      await rebindClient(tx, clientId, { uid, login, odooCredentialId })
    },
    deps,
  )
}
