import type { z } from 'zod'
import type { JsonObject } from '../kernel/json.ts'
import { type ApiInput, type ExposureInput, LIMIT_MAX } from './api.ts'

/** An API as people write it, in the settings file and in policy files: what is usual is left out. */
export type ApiDocument = z.input<typeof ApiInput>

/** One exposure of it. */
export type ExposureDocument = z.input<typeof ExposureInput>

/** An API that was checked, as people would write it: always the same text for the same API. */
export function documentOf(api: ApiInput): ApiDocument {
  return {
    name: api.name,
    database: api.database,
    ...(api.waysIn.length === 1 && api.waysIn[0] === 'password' ? {} : { waysIn: [...api.waysIn] }),
    ...listUnlessEmpty('origins', api.origins),
    ...listUnlessEmpty('addresses', api.addresses),
    ...(api.rateLimit === undefined ? {} : { rateLimit: api.rateLimit }),
    ...listUnlessEmpty('scopes', api.scopes ?? []),
    exposures: api.exposures.map(exposureDocument),
  }
}

/** The same as JSON, for the store. */
export function jsonOf(document: ApiDocument): JsonObject {
  // A document holds texts, numbers, booleans, lists and objects of them: what JSON holds.
  return JSON.parse(JSON.stringify(document)) as JsonObject
}

function exposureDocument(exposure: z.output<typeof ExposureInput>): ExposureDocument {
  return {
    model: exposure.model,
    ...(exposure.alias === undefined ? {} : { alias: exposure.alias }),
    verbs: [...exposure.verbs],
    ...(exposure.readableFields === undefined ? {} : { readableFields: [...exposure.readableFields] }),
    ...(exposure.writableFields === undefined ? {} : { writableFields: [...exposure.writableFields] }),
    ...(exposure.defaultFields === undefined ? {} : { defaultFields: [...exposure.defaultFields] }),
    ...(exposure.forcedDomain === undefined ? {} : { forcedDomain: sourceOf(exposure.forcedDomain.source) }),
    ...listUnlessEmpty('methods', exposure.methods),
    ...(exposure.limitMax === LIMIT_MAX ? {} : { limitMax: exposure.limitMax }),
    ...listUnlessEmpty('requiredOnCreate', exposure.requiredOnCreate),
    ...(exposure.dangerous ? { dangerous: true } : {}),
  }
}

function sourceOf(source: string | readonly unknown[]): string | unknown[] {
  return typeof source === 'string' ? source : [...source]
}

function listUnlessEmpty<Name extends string>(name: Name, list: readonly string[]): { [key in Name]?: string[] } {
  return list.length === 0 ? {} : ({ [name]: [...list] } as { [key in Name]: string[] })
}
