import { z } from 'zod'
import { administrationErrors } from '../../administration/errors.ts'
import { httpErrors } from '../../http/errors.ts'
import { route } from '../../http/route.ts'
import type { GatehouseError } from '../../kernel/error.ts'
import { ADMIN_PATH, type AdminRoute, type DescribedOperation } from './admin-route.ts'
import { problemErrors } from './problem.ts'

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().meta({ description: 'A sentence for people, with the next step.' }),
  code: z.string().meta({ description: 'What programs tell errors apart by.' }),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'Every fault of the query or the body.' }),
  request_id: z.string(),
})

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** The errors that any operation may meet. */
const COMMON = [
  administrationErrors['admin.token_missing'],
  administrationErrors['admin.token'],
  administrationErrors['admin.not_for_administration'],
  administrationErrors['admin.not_a_member'],
  administrationErrors['admin.forbidden'],
  administrationErrors['admin.odoo_away'],
  httpErrors.unexpected,
]

/** `GET /admin/api/openapi.json`: what the admin API takes and answers, for anybody. It tells nothing of this node. */
export function openapiRoute(operations: readonly DescribedOperation[]): AdminRoute {
  const operation: DescribedOperation = {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    answer: z.looseObject({ openapi: z.string() }),
    open: true,
  }
  const document = openapiOf([...operations, operation])
  return {
    operation,
    route: route<undefined, undefined>({
      method: operation.method,
      path: `${ADMIN_PATH}${operation.path}`,
      errors: problemErrors,
      sameOrigin: true,
      needs: 'nothing',
      handle: () => ({ body: document }),
    }),
  }
}

/** The operations as an OpenAPI document (3.1.1), made of the declarations that parse requests and shape answers. */
export function openapiOf(operations: readonly DescribedOperation[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gatehouse admin API',
      version: '1',
      description:
        'For owners of the node and for members of the Settings group of Odoo, who administer what belongs to their own database. Changes reach every node within 5 seconds, and stand in the audit trail with who made them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: ADMIN_PATH }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: "An owner's token (`gatehouse owner token NAME`), or an access token of the console.",
        },
      },
    },
  }
}

function describe(operation: DescribedOperation) {
  const { method, path, summary, ownersOnly, open, query, body } = operation
  return {
    operationId: operationIdOf(method, path),
    summary: `${summary}.`,
    ...(ownersOnly ? { description: 'For owners of the node.' } : {}),
    ...(open ? { security: [] } : {}),
    parameters: [
      ...pathParameters(path),
      ...(query === undefined ? [] : queryParameters(query)),
      ...conditions(operation),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.optional,
            content: { 'application/json': { schema: schemaOf(body.schema, 'input') } },
          },
        }),
    responses: { ...successes(operation), ...(open ? {} : failures(operation)) },
  }
}

/** `POST /policy/apply` is `postPolicyApply`. */
function operationIdOf(method: string, path: string): string {
  const words = path.split(/[^a-zA-Z]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function pathParameters(path: string) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType) {
  const { properties = {}, required = [] } = schemaOf(query, 'input')
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }))
}

/** Only operations that change what is read under an ETag may meet these errors. */
function conditions({ errors = [], method }: DescribedOperation) {
  if (!errors.includes(administrationErrors['admin.changed_meanwhile'])) return []
  const names = method === 'PUT' ? ['If-Match', 'If-None-Match'] : ['If-Match']
  return names.map((name) => ({ name, in: 'header', required: false, schema: { type: 'string' } }))
}

function successes({ answer, statuses = [200], path }: DescribedOperation) {
  if (answer === undefined) return { 204: { description: 'Done.' } }
  const content = { 'application/json': { schema: schemaOf(answer, 'output') } }
  const headers = path === '/apis/:database/:name' ? { headers: { ETag: { schema: { type: 'string' } } } } : {}
  return Object.fromEntries(statuses.map((status) => [status, { description: SUCCESS[status], ...headers, content }]))
}

const SUCCESS = { 200: 'Done.', 201: 'Made.' } as const

/** One response a status, with the codes that it may have. */
function failures({ errors = [], query, body }: DescribedOperation) {
  const makers = [
    ...COMMON,
    ...(query === undefined ? [] : [httpErrors['query.invalid']]),
    ...(body === undefined
      ? []
      : [httpErrors['body.invalid'], httpErrors['body.malformed'], httpErrors['body.media_type']]),
    ...errors,
  ]
  const byStatus = Map.groupBy(
    makers.map((make) => make()),
    ({ status }) => status,
  )
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [status, { description: descriptionOf(found), content: PROBLEM }]),
  )
}

function descriptionOf(found: readonly GatehouseError[]): string {
  const lines = new Map(found.map(({ code, message }) => [code, `- \`${code}\`: ${message}`]))
  return [...lines.values()].join('\n')
}

type JsonSchema = { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  // What only code can say (a check, a transformation) is left out; the rest is what OpenAPI 3.1 takes as it is.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest as JsonSchema
}
