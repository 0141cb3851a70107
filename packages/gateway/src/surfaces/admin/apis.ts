import { z } from 'zod'
import { databaseOf, nameOf, requireDatabase } from '../../administration/administrator.ts'
import { type EffectiveApi, loadEffectiveApis } from '../../administration/effective-apis.ts'
import { administrationErrors } from '../../administration/errors.ts'
import { readApi } from '../../administration/read-api.ts'
import { type ApiPlace, etagOf, requireEffectiveApi, setApi, unsetApi } from '../../administration/set-api.ts'
import { expectObject } from '../../http/json-body.ts'
import type { Call } from '../../http/route.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { ApiInput } from '../../policy/api.ts'
import { documentOf } from '../../policy/api-document.ts'
import type { PlaceFault } from '../../policy/places.ts'
import { type AdminRoute, adminRoute, type BodyShape, paramOf } from './admin-route.ts'
import { conditionOf } from './conditions.ts'
import type { AdminDeps } from './deps.ts'
import { DatabaseName, Moment, momentOf } from './shapes.ts'

/** An API as it is set, in the words of a policy file. */
export const ApiDocument = z.looseObject({ name: z.string(), database: z.string() })

const listed = {
  database: z.string(),
  name: z.string(),
  source: z.enum(['settings', 'stored', 'demo']).meta({ description: 'Only a stored API is changed here.' }),
  etag: z.string().meta({ description: 'For If-Match.' }),
  revision: z.number().int().optional(),
  changedAt: Moment.optional(),
  changedBy: z.string().optional(),
}

const ListedApi = z.object({ ...listed, models: z.array(z.string()) })

const ShownApi = z.object({ ...listed, api: ApiDocument })

const Unusable = z.object({ database: z.string(), name: z.string(), reason: z.string() })

/** A policy file names the two for each API; here the path does. */
const ApiBody: BodyShape<JsonObject> = {
  schema: z.looseObject({ ...ApiInput.shape, name: z.string().optional(), database: z.string().optional() }),
  read: expectObject,
}

/** The APIs, one by one. */
export function apiRoutes(deps: AdminDeps): readonly AdminRoute[] {
  const { node } = deps
  return [
    adminRoute(deps, {
      method: 'GET',
      path: '/apis',
      summary: 'Every API that is in effect, and stored ones that cannot be used',
      query: z.strictObject({ database: DatabaseName.optional() }),
      answer: z.object({ apis: z.array(ListedApi), unusable: z.array(Unusable) }),
      handle: async ({ query }, administrator) => {
        const database = databaseOf(administrator, query.database)
        const isAsked = (api: { readonly database: string }) => database === undefined || api.database === database
        const { apis, unusable } = await loadEffectiveApis(node.store.db, node.given)
        const shown = apis.filter(({ api }) => isAsked(api))
        const models = ({ api }: EffectiveApi) => api.exposures.map(({ model }) => model)
        return {
          body: {
            apis: shown.map((found) => ({ ...factsOf(found), models: models(found) })),
            unusable: unusable.filter(isAsked),
          },
        }
      },
    }),
    adminRoute(deps, {
      method: 'GET',
      path: '/apis/:database/:name',
      summary: 'One API, as a policy file has it',
      answer: ShownApi,
      errors: [administrationErrors['admin.not_found']],
      handle: async (call, administrator) => {
        const place = placeOf(call)
        requireDatabase(administrator, place.database)
        return shownApi(await requireEffectiveApi(place, node))
      },
    }),
    adminRoute(deps, {
      method: 'PUT',
      path: '/apis/:database/:name',
      summary: 'Make an API, or change it with the If-Match of what you have read',
      body: ApiBody,
      answer: ShownApi,
      statuses: [200, 201],
      errors: CHANGING,
      handle: async (call, administrator) => {
        const place = placeOf(call)
        requireDatabase(administrator, place.database)
        const api = readApi({ ...call.body, ...place }, faultsOf(place, call.body, deps.databases))
        const set = await setApi(api, conditionOf(call), nameOf(administrator), node)
        return { ...shownApi(set), status: set.isNew ? 201 : 200 }
      },
    }),
    adminRoute(deps, {
      method: 'DELETE',
      path: '/apis/:database/:name',
      summary: 'Take a stored API away; its sign-ins are refused from then on',
      errors: CHANGING,
      handle: async (call, administrator) => {
        const place = placeOf(call)
        requireDatabase(administrator, place.database)
        await unsetApi(place, conditionOf(call), nameOf(administrator), node)
        return {}
      },
    }),
  ]
}

const CHANGING = [
  administrationErrors['admin.invalid'],
  administrationErrors['admin.not_found'],
  administrationErrors['admin.conflict'],
  administrationErrors['admin.changed_meanwhile'],
  administrationErrors['admin.if_match_missing'],
  administrationErrors['admin.condition'],
]

function placeOf(call: Pick<Call, 'params'>): ApiPlace {
  return { database: paramOf(call, 'database'), name: paramOf(call, 'name') }
}

/** Whoever names another API in the body than in the path may have meant either. */
function faultsOf({ database, name }: ApiPlace, body: JsonObject, databases: readonly string[]): PlaceFault[] {
  const others = Object.entries({ database, name }).flatMap(([path, value]) =>
    body[path] === undefined || body[path] === value ? [] : [{ path, message: 'is another one than in the path' }],
  )
  if (databases.includes(database)) return others
  const message = `is no configured database (there is: ${databases.join(', ')})`
  return [...others, { path: 'database', message }]
}

function shownApi(found: EffectiveApi) {
  return {
    headers: { etag: etagOf(found) },
    body: { ...factsOf(found), api: documentOf(found.api) as z.input<typeof ApiDocument> },
  }
}

function factsOf(found: EffectiveApi) {
  const { api, source, change } = found
  return {
    ...{ database: api.database, name: api.name, source, etag: etagOf(found) },
    ...(change === undefined
      ? {}
      : { revision: change.revision, changedAt: momentOf(change.atMs), changedBy: change.by }),
  }
}
