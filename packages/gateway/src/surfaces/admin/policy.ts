import { z } from 'zod'
import { databaseOf, nameOf, requireDatabase } from '../../administration/administrator.ts'
import { applyPolicy, planPolicy } from '../../administration/apply-policy.ts'
import { loadEffectiveApis } from '../../administration/effective-apis.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { explainPolicy } from '../../administration/explain-policy.ts'
import { PolicyInput, readPolicy } from '../../administration/read-policy.ts'
import { expectObject } from '../../http/json-body.ts'
import { documentOf } from '../../policy/api-document.ts'
import { isModelName } from '../../policy/model-name.ts'
import { RECORD_VERBS } from '../../policy/verb.ts'
import { type AdminRoute, adminRoute } from './admin-route.ts'
import { ApiDocument } from './apis.ts'
import { bodyOf } from './body.ts'
import type { AdminDeps } from './deps.ts'
import { accessTerms, DatabaseName } from './shapes.ts'

const Difference = z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })

const Plan = z.object({
  changes: z.array(
    z.object({
      kind: z.enum(['create', 'change', 'remove']),
      database: z.string(),
      name: z.string(),
      differences: z.array(Difference),
    }),
  ),
  unchanged: z.number().int(),
})

const Question = z
  .strictObject({
    database: DatabaseName,
    api: z.string().min(1).max(32),
    model: z.string().refine(isModelName, 'must be the technical name of a model, such as res.partner'),
    verb: z.enum(RECORD_VERBS),
    uid: z.number().int().min(1).optional(),
    login: z.string().min(1).max(255).optional(),
    scopes: accessTerms.scopes,
  })
  .refine(({ uid, login }) => uid === undefined || login === undefined, 'must name the user by "uid" or by "login"')

const Fields = z.union([z.literal('all'), z.array(z.string())])

const Explanation = z.object({
  allowed: z.boolean(),
  reason: z.string(),
  why: z.string(),
  uid: z.number().int().optional(),
  userKnown: z.boolean().optional().meta({
    description: 'Of a `login`: whether somebody has signed in with it. If not, the answer is that for anybody.',
  }),
  exposure: z
    .object({
      verbs: z.array(z.enum(RECORD_VERBS)),
      readableFields: Fields,
      writableFields: Fields,
      forcedDomain: z.array(z.unknown()).optional(),
      forcedFields: z.array(z.string()),
      lockedFields: z.array(z.string()),
      methods: z.array(z.string()),
      limitMax: z.number().int(),
    })
    .optional(),
})

/** All APIs at once, and questions about them. */
export function policyRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node, databases } = deps
  return [
    adminRoute(deps, {
      method: 'POST',
      path: '/policy/apply',
      summary: 'Set the APIs of a policy, all of them or none, and tell what has changed; with `check`, what would',
      body: { schema: PolicyInput, read: (json) => readPolicy(expectObject(json), databases) },
      answer: Plan,
      errors: [administrationErrors['admin.conflict']],
      handle: async ({ body: { apis, prune, check } }, administrator) => {
        for (const { database } of apis) requireDatabase(administrator, database)
        const own = databaseOf(administrator, undefined)
        const wish = { wanted: apis, prune, ...(own === undefined ? {} : { databases: [own] }) }
        const plan = check ? await planPolicy(wish, node) : await applyPolicy(wish, nameOf(administrator), node)
        return { body: Plan.parse(plan) }
      },
    }),
    adminRoute(deps, {
      method: 'GET',
      path: '/policy/export',
      summary: 'The APIs that are in effect, as a policy file',
      query: z.strictObject({ database: DatabaseName.optional() }),
      answer: z.object({ apis: z.array(ApiDocument) }),
      handle: async ({ query }, administrator) => {
        const database = databaseOf(administrator, query.database)
        const { apis } = await loadEffectiveApis(node.store.db, node.given)
        const documents = apis.map(({ api }) => documentOf(api))
        return {
          body: {
            apis: documents.filter((api) => database === undefined || api.database === database) as z.input<
              typeof ApiDocument
            >[],
          },
        }
      },
    }),
    adminRoute(deps, {
      method: 'POST',
      path: '/policy/explain',
      summary: 'Whether a user may do something through an API, and why',
      body: bodyOf(Question),
      answer: Explanation,
      errors: [administrationErrors['admin.not_found']],
      handle: async ({ body: { database, api, ...question } }, administrator) => {
        requireDatabase(administrator, database)
        return { body: Explanation.parse(await explainPolicy({ database, name: api }, question, node)) }
      },
    }),
  ]
}
