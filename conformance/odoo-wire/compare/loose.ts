import type { Json } from '../json.ts'

const MARK = Symbol('loose')

/**
 * What is expected where the recorded value itself is not:
 * - `any`: whatever is there
 * - `text`, `number`, `boolean`, `id` (a number from 1), `moment` (`2026-11-20 23:14:26`), `day` (`2026-11-20`)
 * - `like`: a text that fits
 * - `unset-or`: what it holds, or `false`, Odoo's word for unset
 * - `each`: a list of any length whose elements all fit
 * - `at-least`: an object with these members and maybe others
 * - `starts-with`: a list that begins so
 * - `in-any-order`: a list of the same elements, but for their order
 */
export type Loose = { readonly [MARK]: true } & (
  | { readonly kind: 'any' | 'text' | 'number' | 'boolean' | 'id' | 'moment' | 'day' }
  | { readonly kind: 'like'; readonly pattern: RegExp }
  | { readonly kind: 'unset-or' | 'each'; readonly inner: Expected }
  | { readonly kind: 'at-least'; readonly members: { readonly [name: string]: Expected } }
  | { readonly kind: 'starts-with' | 'in-any-order'; readonly items: readonly Expected[] }
)

/** A recorded value, loosened where it must be. */
export type Expected = Json | Loose | readonly Expected[] | { readonly [name: string]: Expected }

export const anything: Loose = { [MARK]: true, kind: 'any' }
export const anyText: Loose = { [MARK]: true, kind: 'text' }
export const anyNumber: Loose = { [MARK]: true, kind: 'number' }
export const anyBoolean: Loose = { [MARK]: true, kind: 'boolean' }
export const anyId: Loose = { [MARK]: true, kind: 'id' }
export const anyMoment: Loose = { [MARK]: true, kind: 'moment' }
export const anyDay: Loose = { [MARK]: true, kind: 'day' }

export const textLike = (pattern: RegExp): Loose => ({ [MARK]: true, kind: 'like', pattern })
export const unsetOr = (inner: Expected): Loose => ({ [MARK]: true, kind: 'unset-or', inner })
export const eachLike = (inner: Expected): Loose => ({ [MARK]: true, kind: 'each', inner })
export const atLeast = (members: { readonly [name: string]: Expected }): Loose => ({
  [MARK]: true,
  kind: 'at-least',
  members,
})
export const startsWith = (items: readonly Expected[]): Loose => ({ [MARK]: true, kind: 'starts-with', items })
export const inAnyOrder = (items: readonly Expected[]): Loose => ({ [MARK]: true, kind: 'in-any-order', items })

/** Whether the expectation is loose at its top. */
export function isLoose(expected: Expected): expected is Loose {
  return typeof expected === 'object' && expected !== null && MARK in expected
}

/** Whether the expectation is a list of expectations. */
export function isExpectedList(expected: Expected): expected is readonly Expected[] {
  return Array.isArray(expected)
}

/** Whether the expectation is an object with exactly these members. */
export function isExpectedObject(expected: Expected): expected is { readonly [name: string]: Expected } {
  return typeof expected === 'object' && expected !== null && !Array.isArray(expected) && !isLoose(expected)
}

/** The expectation of a member; undefined where none is expected. */
export function memberOf(expected: Expected, name: string): Expected | undefined {
  return isExpectedObject(expected) ? (expected as { readonly [name: string]: Expected })[name] : undefined // Loose is excluded.
}
