import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { objectOf } from '../../harness/json-reading.ts'
import { expectRefusedWrapped } from '../../harness/refusal.ts'
import { target } from '../../harness/target.ts'

// A body that is JSON and has jsonrpc or params is answered in the envelope, also where it is bad.
const ROUTES = [
  '/api/authenticate',
  '/api/update/access-token',
  '/api/update/refresh-token',
  '/api/revoke/token',
  '/api/protected/json',
]

describe.each(ROUTES)('%s', (path) => {
  test.each<[string, unknown]>([
    ['params are a list', { jsonrpc: '2.0', id: 1, params: [] }],
    ['params are null', { jsonrpc: '2.0', id: 1, params: null }],
    ['params are text', { jsonrpc: '2.0', id: 1, params: 'x' }],
    ['there are no params', { jsonrpc: '2.0', id: 1 }],
  ])('answers in the envelope where %s', async (_name, json) => {
    const answer = await call(target.url, { path, json })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expectRefusedWrapped(answer, { status: answer.status })
  })

  test.each<[string, unknown]>([
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['a long text', 'x'.repeat(5_000)],
  ])('never fails on an id that is %s', async (_name, id) => {
    const answer = await call(target.url, { path, json: { jsonrpc: '2.0', id, params: {} } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(objectOf(answer.json)).toMatchObject({ jsonrpc: '2.0', error: { code: 200 } })
  })
})
