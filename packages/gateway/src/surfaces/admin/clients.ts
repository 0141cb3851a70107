import { z } from 'zod'
import { databaseOf, nameOf, requireDatabase } from '../../administration/administrator.ts'
import { bindingErrors } from '../../administration/bound-credential.ts'
import {
  type ClientWithSecret,
  createBoundClient,
  createClient,
  disableClient,
  enableClient,
  findClients,
  OVERLAP_MAX_MS,
  rotateClientSecret,
} from '../../administration/clients.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { reachClient } from '../../administration/reach.ts'
import { requireEffectiveApi } from '../../administration/set-api.ts'
import { type AdminRoute, adminRoute, paramOf } from './admin-route.ts'
import { bodyOf, optionalBodyOf } from './body.ts'
import type { AdminDeps } from './deps.ts'
import { accessTerms, DatabaseName, Moment, momentOf, Proof, ShownUser } from './shapes.ts'

const shown = {
  clientId: z.string(),
  name: z.string(),
  database: z.string(),
  api: z.string(),
  user: ShownUser.optional(),
  scopes: z.array(z.string()),
  addresses: z.array(z.string()),
  createdAt: Moment,
  disabledAt: Moment.optional(),
  secretChangedAt: Moment.optional(),
  previousSecretUntil: Moment.optional().meta({ description: 'Until when the secret before is good as well.' }),
  lastUsedAt: Moment.optional(),
}

const ShownClient = z.object(shown)

const ClientSecret = z.object({
  ...shown,
  clientSecret: z.string().meta({ description: 'The secret: it is shown here, and never again.' }),
})

const ClientBody = z.strictObject({
  ...accessTerms,
  user: z
    .strictObject({ login: z.string().min(1).max(255), proof: Proof })
    .optional()
    .meta({ description: 'The Odoo user that it acts as where nobody signs in; absent: none.' }),
})

/** How long the old secret stays good when the request does not say. Seconds. */
const OVERLAP_DEFAULT_SECONDS = 86_400

const RotateBody = z.strictObject({
  overlapSeconds: z
    .number()
    .int()
    .min(0)
    .max(OVERLAP_MAX_MS / 1000)
    .default(OVERLAP_DEFAULT_SECONDS)
    .meta({ description: 'How long the secret before stays good beside the new one; 0 ends it at once.' }),
})

/** Clients for OAuth. */
export function clientRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node, throttle } = deps
  const errors = [administrationErrors['admin.not_found']]
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/clients',
      summary: 'Clients, the newest first; 1,000 at most',
      query: z.strictObject({ database: DatabaseName.optional() }),
      answer: z.object({ clients: z.array(ShownClient) }),
      handle: async ({ query }, administrator) => {
        const database = databaseOf(administrator, query.database)
        const clients = await findClients(database === undefined ? {} : { database }, node)
        return { body: { clients: clients.map(presentClient) } }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/clients',
      summary: 'Make a client; its secret is in this answer alone',
      body: bodyOf(ClientBody),
      answer: ClientSecret,
      statuses: [201],
      errors: [...errors, administrationErrors['admin.invalid'], ...bindingErrors],
      handle: async (call, administrator) => {
        const { database, api, user, ...asked } = call.body
        requireDatabase(administrator, database)
        const { api: input } = await requireEffectiveApi({ database, name: api }, node)
        const wanted = { ...asked, api: input }
        const by = nameOf(administrator)
        const { client, secret } =
          user === undefined
            ? await createClient(wanted, by, node)
            : await createBoundClient({ ...wanted, ...user }, by, { ...node, prover: { by: call, throttle } })
        return { body: { ...presentClient(client), clientSecret: secret } }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/clients/:id/rotate-secret',
      summary: 'Give a client a new secret; the one before stays good for the overlap',
      body: optionalBodyOf(RotateBody),
      answer: ClientSecret,
      errors,
      handle: async (call, administrator) => {
        const { clientId } = await reachClient(administrator, paramOf(call, 'id'), node)
        const overlapMs = call.body.overlapSeconds * 1000
        const { client, secret } = await rotateClientSecret(clientId, overlapMs, nameOf(administrator), node)
        return { body: { ...presentClient(client), clientSecret: secret } }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/clients/:id/disable',
      summary: 'Shut a client off, and end its grants',
      answer: z.object({ endedGrants: z.number().int() }),
      errors,
      handle: async (call, administrator) => {
        const { clientId } = await reachClient(administrator, paramOf(call, 'id'), node)
        return { body: { endedGrants: await disableClient(clientId, nameOf(administrator), node) } }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/clients/:id/enable',
      summary: 'Let a client in again; grants that ended stay ended',
      errors,
      handle: async (call, administrator) => {
        const { clientId } = await reachClient(administrator, paramOf(call, 'id'), node)
        await enableClient(clientId, nameOf(administrator), node)
        return {}
      },
    }),
  ]
}

function presentClient(client: ClientWithSecret['client']) {
  const { clientId, name, database, api, user, scopes, addresses } = client
  return {
    ...{ clientId, name, database, api, scopes: [...scopes], addresses: [...addresses] },
    user: user === undefined ? undefined : { uid: user.uid, login: user.login },
    createdAt: momentOf(client.createdAtMs),
    disabledAt: momentOf(client.disabledAtMs),
    secretChangedAt: momentOf(client.secretChangedAtMs),
    previousSecretUntil: momentOf(client.previousSecret?.untilMs),
    lastUsedAt: momentOf(client.lastUsedAtMs),
  }
}
