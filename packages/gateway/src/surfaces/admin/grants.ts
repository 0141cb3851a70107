import { z } from 'zod'
import { databaseOf, nameOf } from '../../administration/administrator.ts'
import { endGrantsOf, endOneGrant, type GrantOwner } from '../../administration/end-grants.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { findGrants, type GrantPage } from '../../administration/find-grants.ts'
import { reachGrant } from '../../administration/reach.ts'
import { type AdminRoute, adminRoute, paramOf } from './admin-route.ts'
import { bodyOf } from './body.ts'
import type { AdminDeps } from './deps.ts'
import { DatabaseName, Moment, momentOf, pageQuery, ShownUser, UserIdText } from './shapes.ts'

const ShownGrant = z.object({
  id: z.string(),
  database: z.string(),
  api: z.string(),
  user: ShownUser,
  clientId: z.string(),
  surface: z.string(),
  device: z.string().optional(),
  scopes: z.array(z.string()),
  createdAt: Moment,
  expiresAt: Moment,
  endedAt: Moment.optional(),
  endedReason: z.string().optional(),
})

const GrantsQuery = z.strictObject({
  ...pageQuery,
  database: DatabaseName.optional(),
  uid: UserIdText.optional(),
  login: z.string().max(255).optional(),
  client: z.string().max(100).optional(),
  surface: z.string().max(50).optional(),
  device: z.string().max(200).optional().meta({ description: "A part of the device's name." }),
  state: z.enum(['live', 'ended']).optional(),
})

const RevokeBody = z
  .strictObject({
    database: DatabaseName.optional(),
    login: z.string().min(1).max(255).optional(),
    clientId: z.string().min(1).max(100).optional(),
  })
  .refine(({ login, clientId }) => login !== undefined || clientId !== undefined, 'must name a "login" or a "clientId"')
  .refine(
    ({ login, database }) => login === undefined || database !== undefined,
    'must name the "database" of the login',
  )

/** Grants: one sign-in each, or one key. */
export function grantRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node } = deps
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/grants',
      summary: 'Sign-ins and keys, the newest first, page by page',
      query: GrantsQuery,
      answer: z.object({ grants: z.array(ShownGrant), next: z.string().optional() }),
      handle: async ({ query: { cursor, limit, client: clientId, ...query } }, administrator) => {
        const filter = { ...query, clientId, database: databaseOf(administrator, query.database) }
        const { grants, next } = await findGrants(filter, { cursor, limit }, node)
        return { body: { grants: grants.map(presentGrant), next } }
      },
    }),
    adminRoute(deps, {
      method: 'DELETE',
      path: '/grants/:id',
      summary: 'End a grant: its tokens are refused within 5 seconds, on every node',
      errors: [administrationErrors['admin.not_found']],
      handle: async (call, administrator) => {
        const { id } = await reachGrant(administrator, paramOf(call, 'id'), node)
        await endOneGrant(id, nameOf(administrator), node)
        return {}
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/grants/revoke',
      summary: 'End all grants of a user, of a client, or of both',
      body: bodyOf(RevokeBody),
      answer: z.object({ ended: z.number().int() }),
      handle: async ({ body: { login, clientId, ...body } }, administrator) => {
        // Of a client that comes to several databases, a member ends the grants of their own.
        const whose = ownerOf(databaseOf(administrator, body.database), login, clientId)
        const ended = await endGrantsOf(whose, 'revoked_by_administrator', nameOf(administrator), node)
        return { body: { ended } }
      },
    }),
  ]
}

function ownerOf(database: string | undefined, login: string | undefined, clientId: string | undefined): GrantOwner {
  if (login !== undefined && database !== undefined) return { database, login, clientId }
  if (clientId !== undefined) return { clientId, database }
  throw new TypeError('The body was checked for one of the two.')
}

function presentGrant(grant: GrantPage['grants'][number]) {
  const { id, database, api, uid, login, clientId, surface, device, scopes, endedReason } = grant
  return {
    ...{ id, database, api, user: { uid, login }, clientId, surface, device, scopes: [...scopes] },
    createdAt: momentOf(grant.createdAtMs),
    expiresAt: momentOf(grant.expiresAtMs),
    endedAt: momentOf(grant.endedAtMs),
    endedReason,
  }
}
