import { z } from 'zod'
import { bearerOf } from '../../administration/admit-administrator.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { closeOwnerSession, openOwnerSession } from '../../administration/owners.ts'
import { route } from '../../http/route.ts'
import { ADMIN_PATH, type AdminRoute, adminRoute } from './admin-route.ts'
import type { AdminDeps } from './deps.ts'
import { problemErrors } from './problem.ts'
import { Moment, momentOf } from './shapes.ts'

const Session = z.object({ token: z.string(), owner: z.string(), expiresAt: Moment })

const Me = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('owner'), name: z.string(), databases: z.array(z.string()) }),
  z.object({
    kind: z.literal('member'),
    login: z.string(),
    uid: z.number().int(),
    databases: z.array(z.string()),
  }),
])

/** Who calls, and the sessions of owners. */
export function sessionRoutes(deps: AdminDeps): readonly AdminRoute[] {
  return [
    openSession(deps),
    adminRoute(deps, {
      method: 'DELETE',
      path: '/session',
      summary: 'End the session of an owner',
      ownersOnly: true,
      handle: async (call) => {
        await closeOwnerSession(bearerOf(call.headerValues('authorization')), deps.node)
        return {}
      },
    }),
    adminRoute(deps, {
      method: 'GET',
      path: '/me',
      summary: 'Who you are, and which databases you administer',
      answer: Me,
      handle: (_call, administrator) => {
        if (administrator.kind === 'owner') {
          return { body: { kind: 'owner' as const, name: administrator.owner.name, databases: [...deps.databases] } }
        }
        const { login, uid, database } = administrator.principal
        return { body: { kind: 'member' as const, login, uid, databases: [database] } }
      },
    }),
  ]
}

/** The one call that takes a bootstrap token without being done with it: it is used up for a session. */
function openSession({ node }: AdminDeps): AdminRoute {
  const facts = { method: 'POST', path: '/session' } as const
  return {
    route: route<undefined, undefined, string>({
      ...facts,
      path: `${ADMIN_PATH}${facts.path}`,
      errors: problemErrors,
      sameOrigin: true,
      needs: 'guard',
      guard: (call) => bearerOf(call.headerValues('authorization')),
      handle: async (_call, bootstrap) => {
        const session = await openOwnerSession(bootstrap, node)
        if (session === undefined) throw administrationErrors['admin.token']()
        const { token, owner, expiresAtMs } = session
        return { status: 201, body: Session.parse({ token, owner: owner.name, expiresAt: momentOf(expiresAtMs) }) }
      },
    }),
    operation: {
      ...facts,
      summary: 'Use a bootstrap token up for a session, which ends when the token would have ended',
      ownersOnly: true,
      answer: Session,
      statuses: [201],
    },
  }
}
