import { describe, expect, test } from 'vitest'
import { isJsonObject, type JsonObject } from '../../kernel/json.ts'
import type { AdminDeps } from './deps.ts'
import { adminOperations, adminRoutes } from './index.ts'
import { openapiOf } from './openapi.ts'

// Declaring the operations asks for nothing; calling one would.
const deps = { node: {}, databases: [] } as unknown as AdminDeps

const routes = adminRoutes(deps)
const document = JSON.parse(JSON.stringify(openapiOf(adminOperations(deps).map(({ operation }) => operation))))

/** Every object of the document, with where it is. */
function* objectsOf(value: unknown, at: readonly string[] = []): Generator<[readonly string[], JsonObject]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectsOf(item, [...at, String(index)])
  }
  if (!isJsonObject(value)) return
  yield [at, value]
  for (const [name, member] of Object.entries(value)) yield* objectsOf(member, [...at, name])
}

type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
)

describe('the description of the admin API', () => {
  test('has every route, and nothing else', () => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} /admin/api${path}`)
    const declared = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    expect([...described, 'GET /admin/api/openapi.json'].sort()).toEqual(declared.sort())
  })

  test('names each operation once, declares each part of its path, and tells each answer', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
    for (const { path, operation } of operations) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(
        inPath.map(({ name }) => name),
        path,
      ).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      expect(inPath.every(({ required }) => required)).toBe(true)
      expect(operation.summary).toMatch(/\.$/)
      const statuses = Object.keys(operation.responses)
      for (const status of ['401', '403', '500', '503']) expect(statuses, path).toContain(status)
      expect(
        statuses.some((status) => /^20[014]$/.test(status)),
        path,
      ).toBe(true)
      for (const { description } of Object.values(operation.responses)) expect(description).not.toBe('')
    }
  })

  test('refers only to what is in it, in the words of JSON Schema 2020-12 that OpenAPI 3.1 takes', () => {
    for (const [at, object] of objectsOf(document)) {
      if (typeof object.$ref === 'string') {
        const target = object.$ref.replace(/^#\//, '').split('/')
        const found = target.reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), document)
        expect(found, `${at.join('/')} ${object.$ref}`).toBeDefined()
      }
      expect(Object.keys(object), at.join('/')).not.toContain('$schema')
      expect(Object.keys(object), at.join('/')).not.toContain('$defs')
    }
  })

  test('tells what a body may hold', () => {
    const put = operations.find(({ method, path }) => method === 'put' && path === '/apis/{database}/{name}')
    const text = JSON.stringify(put)
    for (const word of ['exposures', 'readableFields', 'forcedDomain', 'If-Match', 'admin.changed_meanwhile'])
      expect(text).toContain(word)
  })
})
