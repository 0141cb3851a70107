import { beforeEach, describe, expect, test } from 'vitest'
import { isObject, type Json, type JsonObject } from '../json.ts'
import type { Case, Step } from '../recording.ts'
import type { Odoo } from '../stage/odoo-client.ts'
import { openStage } from '../stage/stage.ts'
import type { RawRequest } from '../wire/raw-http.ts'
import { replayCase } from './replay-case.ts'

/** An Odoo with one partner in mind. What it answers to a method can be changed; it keeps what it was asked. */
let answers: Record<string, (params: JsonObject) => JsonObject>
let asked: RawRequest[]

const odoo: Odoo = {
  database: 'here',
  send: async (request) => {
    asked.push(request)
    const { params = null } = JSON.parse(request.body?.toString() ?? '{}') as { params?: Json }
    const method = isObject(params) && typeof params.method === 'string' ? params.method : 'authenticate'
    const told = answers[method]?.(params as JsonObject) ?? fault('AttributeError', `no ${method}`)
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'set-cookie': ['session_id=s1; Path=/'] },
      body: Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, ...told })),
    }
  },
}

beforeEach(() => {
  asked = []
  answers = {
    authenticate: () => ({ result: { uid: 2 } }),
    create: () => ({ result: 46 }),
    write: () => ({ result: true }),
    read: () => ({ result: [{ id: 46, name: 'Golden', parent_id: [46, 'Golden'] }] }),
    unlink: () => fault('UserError', 'Partner here (Record: res.partner(46,), User: 2)'),
  }
})

function fault(name: string, message: string): JsonObject {
  const data = { name: `odoo.exceptions.${name}`, debug: 'Traceback', message, arguments: [message], context: {} }
  return { error: { code: 200, message: 'Odoo Server Error', data } }
}

function stepOf(number: number, method: string, args: Json, answer: JsonObject): Step {
  const params = { model: 'res.partner', method, args, kwargs: {} }
  return {
    id: `case-${number}`,
    case: 'case',
    as: 'admin',
    request: {
      method: 'POST',
      path: `/web/dataset/call_kw/res.partner/${method}`,
      headers: { 'content-type': 'application/json', cookie: 'session_id=<session:admin>' },
      body: { jsonrpc: '2.0', id: 1, params },
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { jsonrpc: '2.0', id: 1, ...answer },
    },
  }
}

const setup = [
  { as: 'admin', model: 'res.partner', method: 'create', args: [{ name: 'Golden' }], kwargs: {}, result: 171 },
]
const CASE: Case = {
  name: 'case',
  group: 'write',
  version: 18,
  steps: [
    { ...stepOf(1, 'write', [[171], { name: 'Golden' }], { result: true }), setup },
    stepOf(2, 'read', [[171], ['name', 'parent_id']], {
      result: [{ id: 171, name: 'Golden', parent_id: [171, 'Golden'] }],
    }),
    stepOf(3, 'unlink', [[171]], fault('UserError', 'Partner golden18 (Record: res.partner(171,), User: 2)')),
  ],
}

/** How a step went: its difference, or `ok`. */
type Found = string | undefined
const ok = undefined

async function differences(): Promise<readonly Found[]> {
  const verdicts = await replayCase(openStage(odoo, 18), CASE)
  return verdicts.map(({ difference }) => difference && `${difference.path}: ${difference.actual}`)
}

describe('a case', () => {
  test("is alike in the target's ids and names, and asks in them", async () => {
    answers.unlink = () => fault('UserError', 'Partner here (Record: res.partner(46,), User: 2)')
    expect(await differences()).toEqual([undefined, undefined, undefined])
    const written = asked.find(({ path }) => path.endsWith('/write'))
    expect(written?.headers.cookie).toBe('session_id=s1')
    expect(JSON.parse(written?.body?.toString() ?? '').params.args[0]).toEqual([46])
  })

  const row = { id: 46, name: 'Golden', parent_id: [46, 'Golden'] }
  const no = () => fault('UserError', 'No')
  const refused = 'preparation: sign-in as admin: odoo.exceptions.AccessDenied: No'
  const changes: readonly (readonly [name: string, change: Partial<typeof answers>, found: readonly Found[]])[] = [
    ['another value', { read: () => ({ result: [{ ...row, name: 'B' }] }) }, [ok, 'body.result.0.name: "B"', ok]],
    ["another record's id", { read: () => ({ result: [{ ...row, id: 171 }] }) }, [ok, 'body.result.0.id: 171', ok]],
    ['a row too many', { read: () => ({ result: [row, {}] }) }, [ok, 'body.result.1: {}', ok]],
    [
      'another exception',
      { unlink: () => fault('AccessError', 'No') },
      [ok, ok, 'body.error.data.name: "AccessError"'],
    ],
    ['another sentence', { unlink: no }, [ok, ok, 'body.error.data.message: "No"']],
    ['a refusal in place of a result', { write: no }, ['kind: "error"', ok, ok]],
    ['a sign-in that is refused', { authenticate: () => fault('AccessDenied', 'No') }, [refused, refused, refused]],
  ]
  test.each(changes)('is not alike with %s', async (_name, change, found) => {
    Object.assign(answers, change)
    expect(await differences()).toEqual(found)
  })

  test('is not alike where what it needs cannot be made', async () => {
    answers.create = no
    const [first, ...others] = await differences()
    expect(first).toBe('preparation: create of res.partner: odoo.exceptions.UserError: No')
    expect(others).not.toContain(ok)
  })

  test('writes back what it overwrote', async () => {
    await differences()
    const restored = asked
      .filter(({ path, body }) => path === '/web/dataset/call_kw' && body?.includes('"write"'))
      .at(-1)
    expect(JSON.parse(restored?.body?.toString() ?? '').params.args).toEqual([
      [46],
      { name: 'Golden', parent_id: [46, 'Golden'] },
    ])
  })
})
