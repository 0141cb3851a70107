import { z } from 'zod'
import { nameOf } from '../../administration/administrator.ts'
import { listedOwners } from '../../administration/owners.ts'
import {
  listSigningKeysByState,
  retireSigningKeyNow,
  retiringErrors,
  rotateSigningKeys,
} from '../../administration/signing-keys.ts'
import { type AdminRoute, adminRoute, paramOf } from './admin-route.ts'
import type { AdminDeps } from './deps.ts'
import { Moment, momentOf } from './shapes.ts'

const SigningKey = z.object({
  kid: z.string(),
  algorithm: z.string(),
  state: z.enum(['signs', 'verifies', 'retired']),
  createdAt: Moment,
  retiredAt: Moment.optional(),
  api: z
    .object({ database: z.string(), api: z.string() })
    .optional()
    .meta({ description: 'The one API whose tokens it signs; absent: all others.' }),
})

const Database = z.object({
  name: z.string(),
  url: z.string(),
  reachable: z.boolean(),
  version: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Why it cannot be reached.' }),
})

/** What belongs to the node itself: for owners. */
export function nodeRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node } = deps
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/signing-keys',
      summary: 'The keys that sign access tokens',
      ownersOnly: true,
      answer: z.object({ keys: z.array(SigningKey) }),
      handle: async () => {
        const keys = await listSigningKeysByState(node)
        return {
          body: {
            keys: keys.map(({ kid, algorithm, state, createdAtMs, retiredAtMs, of }) => ({
              ...{ kid, algorithm, state, api: of },
              ...{ createdAt: momentOf(createdAtMs), retiredAt: momentOf(retiredAtMs) },
            })),
          },
        }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/signing-keys/rotate',
      summary: 'Make a key that signs from now on; the one before verifies for 25 hours more',
      ownersOnly: true,
      answer: z.object({ kid: z.string() }),
      handle: async (_call, administrator) => ({ body: { kid: await rotateSigningKeys(nameOf(administrator), node) } }),
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/signing-keys/:kid/retire',
      summary: 'Take a key out of use at once: every token that it signed is refused',
      ownersOnly: true,
      errors: retiringErrors,
      handle: async (call, administrator) => {
        await retireSigningKeyNow(paramOf(call, 'kid'), nameOf(administrator), node)
        return {}
      },
    }),
    adminRoute(deps, {
      method: 'GET',
      path: '/databases',
      summary: 'The Odoo databases, whether each answers, and which version it is',
      ownersOnly: true,
      answer: z.object({ databases: z.array(Database) }),
      handle: async () => ({ body: { databases: [...(await deps.databaseStates())] } }),
    }),
    adminRoute(deps, {
      method: 'GET',
      path: '/owners',
      summary: 'Who may administer the node; owners are made and removed on the command line',
      ownersOnly: true,
      answer: z.object({ owners: z.array(z.object({ name: z.string(), createdAt: Moment })) }),
      handle: async () => {
        const owners = await listedOwners(node)
        return { body: { owners: owners.map(({ name, createdAtMs }) => ({ name, createdAt: momentOf(createdAtMs) })) } }
      },
    }),
  ]
}
