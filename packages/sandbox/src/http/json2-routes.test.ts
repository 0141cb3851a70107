import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { makeApiKey } from '../testing/api-key.ts'
import { startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let adminKey: string
let demoKey: string

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 19 })
  adminKey = await makeApiKey(sandbox, 'admin')
  demoKey = await makeApiKey(sandbox, 'demo')
})
afterAll(() => sandbox.close())

type Told = { readonly status: number; readonly body: unknown; readonly headers: Headers }

async function send(path: string, init: RequestInit): Promise<Told> {
  const response = await fetch(`${sandbox.url}/json/2${path}`, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
}

/** Calls a method with the administrator's key, or with these headers instead. */
async function call(path: string, body: unknown, headers: Record<string, string> = bearer(adminKey)): Promise<Told> {
  return await send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

const RESULTS: readonly (readonly [name: string, path: string, body: unknown, result: unknown])[] = [
  ['a bare number', '/res.partner/search_count', { domain: [['id', '=', 1]] }, 1],
  ['null for nothing', '/res.partner/action_unarchive', { ids: [1] }, null],
  ['ids for records', '/res.partner/search', { domain: [['id', 'in', [3, 1]]], order: 'id' }, [1, 3]],
  ['the fields of records', '/res.partner/read', { ids: [1], fields: ['is_company'] }, [{ id: 1, is_company: true }]],
  ['one id in place of a list', '/res.partner/read', { ids: 1, fields: ['is_company'] }, [{ id: 1, is_company: true }]],
  ['nothing for records that are not there', '/res.partner/read', { ids: [999999], fields: ['name'] }, []],
  ['nothing for ids that are text', '/res.partner/read', { ids: ['1'], fields: ['name'] }, []],
  [
    'what the context asks for',
    '/res.users/search',
    { domain: [['id', '=', 1]], context: { active_test: false } },
    [1],
  ],
  ['an empty context in place of none', '/res.partner/search_count', { domain: [['id', '=', 1]], context: null }, 1],
  ['the model of the path', '/res.partner/search_count', { domain: [['id', '=', 1]], __model__: 'res.users' }, 1],
  ['with a slash at the end', '/res.partner/search_count/', { domain: [['id', '=', 1]] }, 1],
]

describe('/json/2 answers', () => {
  test.each(RESULTS)('%s', async (_name, path, body, result) => {
    expect(await call(path, body)).toMatchObject({ status: 200, body: result })
  })

  test.each([
    ['one object', { name: 'One' }],
    ['a list', [{ name: 'One' }]],
  ])('a list of ids to a create of %s', async (_name, values) => {
    const { body } = await call('/res.partner.category/create', { vals_list: values })
    expect(body).toEqual([expect.any(Number)])
  })
})

const FAILURES: readonly (readonly [
  name: string,
  path: string,
  body: unknown,
  status: number,
  exception: string,
  message: string,
])[] = [
  [
    'no right',
    '/ir.config_parameter/search',
    { domain: [] },
    403,
    'odoo.exceptions.AccessError',
    "You are not allowed to access 'System Parameter'",
  ],
  [
    'a private method',
    '/res.partner/_search',
    { domain: [] },
    403,
    'odoo.exceptions.AccessError',
    "Private methods (such as 'res.partner._search')",
  ],
  [
    'a method kept for Odoo',
    '/res.partner/mapped',
    { func: 'name' },
    403,
    'odoo.exceptions.AccessError',
    "Private methods (such as 'res.partner.mapped')",
  ],
  [
    'a model that there is not',
    '/nope.model/read',
    {},
    404,
    'werkzeug.exceptions.NotFound',
    "the model 'nope.model' does not exist",
  ],
  [
    'a method that there is not',
    '/res.partner/nope',
    {},
    404,
    'werkzeug.exceptions.NotFound',
    "The method 'res.partner.nope' does not exist",
  ],
  [
    'a record that is not there',
    '/project.task/write',
    { ids: [999999], vals: {} },
    404,
    'odoo.exceptions.MissingError',
    'Record does not exist or has been deleted.',
  ],
  [
    'a path without a method',
    '/res.partner',
    {},
    404,
    'werkzeug.exceptions.NotFound',
    'Did you mean POST /json/2/<model>/<method>?',
  ],
  [
    'a missing argument',
    '/res.partner/search_count',
    {},
    422,
    'werkzeug.exceptions.UnprocessableEntity',
    "missing a required argument: 'domain'",
  ],
  [
    'an unknown argument',
    '/res.partner/search_count',
    { domain: [], foo: 1 },
    422,
    'werkzeug.exceptions.UnprocessableEntity',
    "got an unexpected keyword argument 'foo'",
  ],
  [
    'ids for a method of a model',
    '/res.partner/search',
    { domain: [], ids: [1] },
    422,
    'werkzeug.exceptions.UnprocessableEntity',
    'cannot call res.partner.search with ids',
  ],
  [
    'a list in place of arguments',
    '/res.partner/search_count',
    [[]],
    422,
    'werkzeug.exceptions.UnprocessableEntity',
    "missing a required argument: 'domain'",
  ],
  [
    'no body',
    '/res.partner/search_count',
    undefined,
    422,
    'werkzeug.exceptions.UnprocessableEntity',
    "missing a required argument: 'domain'",
  ],
  [
    'a language that is not there',
    '/res.partner/search',
    { domain: [], context: { lang: 'xx_YY' } },
    422,
    'odoo.exceptions.UserError',
    'Invalid language code: xx_YY',
  ],
  [
    'a body that is no JSON',
    '/res.partner/search',
    '{"domain": ',
    400,
    'werkzeug.exceptions.BadRequest',
    'could not parse the body as json: Expecting value: line 1 column 12 (char 11)',
  ],
  [
    "an error of Python's",
    '/res.partner/search',
    { domain: [['nope', '=', 1]] },
    500,
    'builtins.ValueError',
    'Invalid field res.partner.nope',
  ],
  [
    "an error of PostgreSQL's",
    '/res.partner/search',
    { domain: [], limit: -1 },
    500,
    'psycopg2.errors.InvalidRowCountInLimitClause',
    'LIMIT must not be negative',
  ],
  [
    'a context that is text',
    '/res.partner/search',
    { domain: [], context: 'x' },
    500,
    'builtins.ValueError',
    'dictionary update',
  ],
  [
    'half a character',
    '/res.partner/name_create',
    '{"name": "\\ud800"}',
    500,
    'builtins.UnicodeEncodeError',
    "'utf-8' codec",
  ],
]

describe('/json/2 refuses', () => {
  test.each(FAILURES)('%s', async (_name, path, body, status, exception, message) => {
    const told = await call(path, body, bearer(demoKey))
    expect(told).toMatchObject({ status, body: { name: exception, context: {}, debug: expect.any(String) } })
    const { message: sentence } = told.body as { message: string }
    expect(sentence).toContain(message)
    const fact = exception.startsWith('werkzeug') ? [sentence, status] : expect.any(Array)
    expect((told.body as { arguments: unknown }).arguments).toEqual(fact)
  })

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s', async (method) => {
    const told = await send('/res.partner/search_count', { method, headers: bearer(adminKey) })
    expect(told).toMatchObject({ status: 404, body: { message: 'Did you mean POST /json/2/<model>/<method>?' } })
  })

  test('other types of content', async () => {
    const headers = { ...bearer(adminKey), 'content-type': 'text/plain' }
    expect((await call('/res.partner/search_count', { domain: [] }, headers)).status).toBe(415)
  })

  test('everything before Odoo 19', async () => {
    const older = await startTestSandbox({ odooVersion: 17 })
    const answer = await fetch(`${older.url}/json/2/res.partner/search_count`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
    await older.close()
  })
})
