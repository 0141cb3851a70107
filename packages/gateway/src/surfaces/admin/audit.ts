import { z } from 'zod'
import { databaseOf } from '../../administration/administrator.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { type AuditPage, findAuditEvents } from '../../administration/find-audit-events.ts'
import { type AdminRoute, adminRoute } from './admin-route.ts'
import type { AdminDeps } from './deps.ts'
import { DatabaseName, Moment, momentOf, pageQuery, UserIdText } from './shapes.ts'

const Event = z.object({
  id: z.string(),
  at: Moment,
  kind: z.string(),
  database: z.string().optional(),
  uid: z.number().int().optional(),
  login: z.string().optional(),
  grantId: z.string().optional(),
  clientId: z.string().optional(),
  api: z.string().optional(),
  address: z.string().optional(),
  requestId: z.string().optional(),
  detail: z.record(z.string(), z.unknown()),
})

const AuditQuery = z
  .strictObject({
    ...pageQuery,
    database: DatabaseName.optional(),
    kind: z
      .string()
      .regex(/^[a-z_]{1,50}$/, 'must be a kind of event')
      .optional(),
    uid: UserIdText.optional(),
    login: z.string().min(1).max(255).optional(),
    since: z.iso.datetime({ offset: true, error: 'must be a moment such as 2026-11-21T09:30:00Z' }).optional(),
  })
  .refine(({ uid, login }) => uid === undefined || login === undefined, {
    message: 'cannot be there beside "login"',
    path: ['uid'],
  })

/** The audit trail. */
export function auditRoutes(deps: AdminDeps): readonly AdminRoute[] {
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/audit',
      summary: 'What happened, the newest first, page by page; members of a database see what belongs to it',
      query: AuditQuery,
      answer: z.object({ events: z.array(Event), next: z.string().optional() }),
      errors: [administrationErrors['admin.invalid']],
      handle: async ({ query: { cursor, limit, uid, login, kind, since, ...query } }, administrator) => {
        const filter = {
          ...{ kind, user: uid ?? login, database: databaseOf(administrator, query.database) },
          sinceMs: since === undefined ? undefined : Date.parse(since),
        }
        const { events, next } = await findAuditEvents(filter, { cursor, limit }, deps.node)
        return { body: { events: events.map(presentEvent), next } }
      },
    }),
  ]
}

function presentEvent({ atMs, detail, ...event }: AuditPage['events'][number]) {
  return { ...event, at: momentOf(atMs), detail }
}
