import { expect } from 'vitest'
import type { BodyForm } from './envelope.ts'
import type { Answer } from './http-call.ts'
import { objectAt, objectOf, textAt } from './json-reading.ts'

/** What a bare refusal must look like. */
export type BareRefusal = {
  readonly status: number | readonly number[]
  /** The word in `error`; any word when left out. */
  readonly code?: string
  /** Members beside `error` and `message` (`field`). */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** Asserts `{"error":"<code>","message":"<sentence>"}` with its status, and that nothing internal shows. */
export function expectRefused(answer: Answer, expected: BareRefusal): void {
  expectStatus(answer, expected.status)
  expectClean(answer)
  const body = objectOf(answer.json)
  // A refusal about one field may name it in a member of its own too.
  const { field = 'none', ...rest } = body
  expect(field).toMatch(/\S/)
  const { field: _named, ...extra } = expected.extra ?? {}
  expect(Object.keys(rest).sort()).toEqual(['error', 'message', ...Object.keys(extra)].sort())
  expect(textAt(body, 'error')).toMatch(/^[a-z][a-z0-9_]*$/)
  expect(textAt(body, 'message')).toMatch(/\S.*\S/s)
  if (expected.code !== undefined) expect(body.error).toBe(expected.code)
  expect(body).toMatchObject(expected.extra ?? {})
}

/** What a wrapped refusal must look like. */
export type WrappedRefusal = {
  readonly status: number
  readonly id?: unknown
  /** `data.name`; any name when left out. */
  readonly name?: string
}

/** Asserts the JSON-RPC error envelope of surface 1 with a true HTTP status. */
export function expectRefusedWrapped(answer: Answer, expected: WrappedRefusal): void {
  expectStatus(answer, expected.status)
  expectClean(answer)
  const body = objectOf(answer.json)
  expect(Object.keys(body).sort()).toEqual(['error', 'id', 'jsonrpc'])
  expect(body).toMatchObject({ jsonrpc: '2.0', id: expected.id ?? 1, error: { code: 200 } })
  const error = objectAt(body, 'error')
  expect(Object.keys(error).sort()).toEqual(['code', 'data', 'message'])
  expect(textAt(error, 'message')).not.toBe('')
  const data = objectAt(error, 'data')
  expect(Object.keys(data).sort()).toEqual(['message', 'name'])
  if (expected.name !== undefined) expect(data.name).toBe(expected.name)
  // Old clients recognise an ended token by these words.
  if (expected.status === 401) expect(textAt(data, 'message')).toMatch(/^401 Unauthorized/)
}

/** The refusal of a missing or bad token, in the form of the call. */
export function expectUnauthorized(answer: Answer, form: BodyForm = 'bare'): void {
  if (form === 'bare') expectRefused(answer, { status: 401 })
  else expectRefusedWrapped(answer, { status: 401, name: 'werkzeug.exceptions.Unauthorized' })
}

/** Asserts that both answers say the same once the names that were asked for are left out. */
export function expectSameRefusal(one: Answer, oneName: string, other: Answer, otherName: string): void {
  const anonymous = (answer: Answer, name: string) => answer.text.replaceAll(name, '<name>')
  expect(anonymous(one, oneName)).toBe(anonymous(other, otherName))
  expect(one.status).toBe(other.status)
}

/** Words that only a leak of something internal brings into an answer. */
const INTERNALS = /traceback|"debug"|File \\?"|\bat .+\.[jt]s:\d+|node_modules|psycopg2|sqlite|session_id=/i

function expectStatus(answer: Answer, expected: number | readonly number[]): void {
  const list = typeof expected === 'number' ? [expected] : expected
  expect(list, `status ${answer.status} with ${answer.text.slice(0, 500)}`).toContain(answer.status)
}

function expectClean(answer: Answer): void {
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/)
  expect(answer.headers['x-request-id']).toMatch(/\S/)
  expect(answer.text).not.toMatch(INTERNALS)
}
