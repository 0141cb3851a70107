import { z } from 'zod'
import { databaseOf, nameOf, requireDatabase } from '../../administration/administrator.ts'
import { endApiKey, findApiKeys, stateOfApiKey } from '../../administration/api-keys.ts'
import { bindingErrors } from '../../administration/bound-credential.ts'
import { createApiKey, type NewApiKey } from '../../administration/create-api-key.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { reachApiKey } from '../../administration/reach.ts'
import { requireEffectiveApi } from '../../administration/set-api.ts'
import { type AdminRoute, adminRoute, paramOf } from './admin-route.ts'
import { bodyOf } from './body.ts'
import type { AdminDeps } from './deps.ts'
import { accessTerms, DatabaseName, Moment, momentOf, Proof, ShownUser } from './shapes.ts'

const shown = {
  id: z.string(),
  prefix: z.string().meta({ description: 'The beginning of the key, by which people recognise it.' }),
  name: z.string(),
  database: z.string(),
  api: z.string(),
  user: ShownUser,
  scopes: z.array(z.string()),
  addresses: z.array(z.string()),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: Moment,
  expiresAt: Moment.optional(),
  revokedAt: Moment.optional(),
  lastUsedAt: Moment.optional(),
  lastUsedAddress: z.string().optional(),
}

const ShownKey = z.object(shown)

const NewKey = z.object({
  ...shown,
  key: z.string().meta({ description: 'The key itself: it is shown here, and never again.' }),
  actsBy: z.enum(['password', 'odoo_api_key']),
})

const KeyBody = z.strictObject({
  ...accessTerms,
  login: z.string().min(1).max(255).meta({ description: 'The Odoo user that it acts as.' }),
  proof: Proof.meta({ description: 'Shown to Odoo before the key is made.' }),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

const KeysQuery = z.strictObject({
  database: DatabaseName.optional(),
  login: z.string().max(255).optional(),
  api: z.string().max(32).optional(),
})

/** API keys. */
export function keyRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node, throttle } = deps
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/keys',
      summary: 'API keys, the newest first; 1,000 at most',
      query: KeysQuery,
      answer: z.object({ keys: z.array(ShownKey) }),
      handle: async ({ query: { login, api, ...query } }, administrator) => {
        const database = databaseOf(administrator, query.database)
        const filter = {
          ...(database === undefined ? {} : { database }),
          ...(login === undefined ? {} : { login }),
          ...(api === undefined ? {} : { api }),
        }
        const nowMs = node.clock.nowMs()
        return { body: { keys: (await findApiKeys(filter, node)).map((key) => presentKey(key, nowMs)) } }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/keys',
      summary: 'Make an API key that acts as an Odoo user; the key is in this answer alone',
      body: bodyOf(KeyBody),
      answer: NewKey,
      statuses: [201],
      errors: [administrationErrors['admin.not_found'], administrationErrors['admin.invalid'], ...bindingErrors],
      handle: async (call, administrator) => {
        const { database, api, expiresAt, ...asked } = call.body
        requireDatabase(administrator, database)
        const { api: input } = await requireEffectiveApi({ database, name: api }, node)
        const expiresAtMs = expiresAt === undefined ? undefined : Date.parse(expiresAt)
        const prover = { by: call, throttle }
        const wanted = { ...asked, api: input, expiresAtMs }
        const made = await createApiKey(wanted, nameOf(administrator), { ...node, prover })
        const { key, apiKey, actsBy } = made
        return { body: { ...presentKey(apiKey, node.clock.nowMs()), key, actsBy } }
      },
    }),
    adminRoute(deps, {
      method: 'DELETE',
      path: '/keys/:id',
      summary: 'Revoke an API key for good, and what it has begun',
      errors: [administrationErrors['admin.not_found']],
      handle: async (call, administrator) => {
        const key = await reachApiKey(administrator, paramOf(call, 'id'), node)
        await endApiKey(key, nameOf(administrator), node)
        return {}
      },
    }),
  ]
}

function presentKey(key: NewApiKey['apiKey'], nowMs: number) {
  const { id, prefix, name, database, api, uid, login, scopes, addresses } = key
  return {
    ...{ id, prefix, name, database, api, user: { uid, login } },
    ...{ scopes: [...scopes], addresses: [...addresses], state: stateOfApiKey(key, nowMs) },
    createdAt: momentOf(key.createdAtMs),
    expiresAt: momentOf(key.expiresAtMs),
    revokedAt: momentOf(key.revokedAtMs),
    lastUsedAt: momentOf(key.lastUsedAtMs),
    lastUsedAddress: key.lastUsedAddress,
  }
}
