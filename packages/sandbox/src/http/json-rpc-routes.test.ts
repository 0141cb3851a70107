import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { post, startTestSandbox } from '../testing/client.ts'
import type { OdooVersion } from '../version/odoo-version.ts'

const VERSIONS: readonly OdooVersion[] = [17, 18, 19]
const sandboxes = new Map<OdooVersion, Sandbox>()

beforeAll(async () => {
  for (const odooVersion of VERSIONS) sandboxes.set(odooVersion, await startTestSandbox({ odooVersion }))
})
afterAll(async () => {
  for (const sandbox of sandboxes.values()) await sandbox.close()
})

function sandboxOf(version: OdooVersion): Sandbox {
  const sandbox = sandboxes.get(version)
  if (sandbox === undefined) throw new Error(`no sandbox ${version}`)
  return sandbox
}

/** The result, or the last part of the exception's name with its message where Odoo wrote it. */
async function rpc(version: OdooVersion, service: unknown, method: unknown, args: unknown): Promise<unknown> {
  const answer = await post(sandboxOf(version), '/jsonrpc', { service, method, args })
  expect(answer.status).toBe(200)
  expect(answer.setCookie).toBeNull()
  const { error, result } = answer.body
  if (error === undefined) return answer.hasResult ? result : '(no result)'
  return error.data.name.startsWith('odoo.') ? `${error.data.name}: ${error.data.message}` : error.data.name
}

const DENIED = 'odoo.exceptions.AccessDenied: Access Denied'
const COUNT_ONE = ['res.partner', 'search_count', [[['id', '=', 1]]]]
const missing = (uid: number) =>
  `odoo.exceptions.MissingError: Record does not exist or has been deleted.\n(Record: res.users(${uid},), User: ${uid})`

type Answers = { readonly 17: unknown; readonly 18: unknown; readonly 19: unknown }

const everywhere = (answer: unknown): Answers => ({ 17: answer, 18: answer, 19: answer })

/** What real servers of the three versions answered. */
const CASES: readonly (readonly [name: string, service: unknown, method: unknown, args: unknown, answers: Answers])[] =
  [
    ['login', 'common', 'login', ['demo', 'admin', 'admin'], everywhere(2)],
    ['login with a wrong password', 'common', 'login', ['demo', 'admin', 'bad'], everywhere(false)],
    ['login of nobody', 'common', 'login', ['demo', 'nobody', 'bad'], everywhere(false)],
    ['login of an archived user', 'common', 'login', ['demo', 'public', 'public'], everywhere(false)],
    ['login with a second factor', 'common', 'login', ['demo', 'totp', 'totp'], everywhere(false)],
    ['authenticate', 'common', 'authenticate', ['demo', 'admin', 'admin', null], everywhere(2)],
    [
      'authenticate without an environment',
      'common',
      'authenticate',
      ['demo', 'admin', 'admin'],
      everywhere('builtins.TypeError'),
    ],
    [
      'authenticate in a text as environment',
      'common',
      'authenticate',
      ['demo', 'admin', 'admin', 'x'],
      everywhere('builtins.TypeError'),
    ],
    [
      'authenticate with a number',
      'common',
      'authenticate',
      ['demo', 'admin', 123, {}],
      everywhere('builtins.TypeError'),
    ],
    [
      'authenticate without a password',
      'common',
      'authenticate',
      ['demo', 'admin', '', {}],
      { 17: false, 18: 'builtins.AssertionError', 19: false },
    ],
    [
      'authenticate in another database',
      'common',
      'authenticate',
      ['nope', 'admin', 'admin', {}],
      everywhere('psycopg2.OperationalError'),
    ],
    [
      'authenticate in no database',
      'common',
      'authenticate',
      [null, 'admin', 'admin', {}],
      { 17: 'builtins.AttributeError', 18: 'builtins.AssertionError', 19: 'builtins.AssertionError' },
    ],
    [
      'about',
      'common',
      'about',
      [true],
      {
        17: ['See http://openerp.com', '17.0'],
        18: ['See http://openerp.com', '18.0'],
        19: ['See http://openerp.com', '19.0'],
      },
    ],
    ['a method that there is not', 'common', 'nope', [], everywhere('builtins.Exception')],
    ['a method that is no text', 'common', null, [], everywhere('builtins.TypeError')],
    ['arguments that are none', 'common', 'version', null, everywhere('builtins.TypeError')],
    ['too many arguments', 'common', 'version', [1], everywhere('builtins.TypeError')],
    ['a service that there is not', 'nope', 'version', [], everywhere('builtins.KeyError')],
    ['no service', null, 'version', [], everywhere('builtins.KeyError')],
    ['a list as service', ['common'], 'version', [], everywhere('builtins.TypeError')],
    ['the databases', 'db', 'list', [], everywhere(['demo'])],
    ['the database', 'db', 'db_exist', ['demo'], everywhere(true)],
    ['another database', 'db', 'db_exist', ['nope'], everywhere(false)],
    ['the version', 'db', 'server_version', [], { 17: '17.0', 18: '18.0', 19: '19.0' }],
    ['dropping a database', 'db', 'drop', ['wrong', 'demo'], everywhere(DENIED)],
    ['dropping without a password', 'db', 'drop', [], everywhere('builtins.IndexError')],
    ['a database method that there is not', 'db', 'nope', [], everywhere('builtins.KeyError')],
    ['a call', 'object', 'execute_kw', ['demo', 2, 'admin', ...COUNT_ONE], everywhere(1)],
    [
      'a call with its arguments in a row',
      'object',
      'execute',
      ['demo', 2, 'admin', 'res.partner', 'search_count', [['id', '=', 1]]],
      everywhere(1),
    ],
    [
      'a call by names',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'res.partner', 'search_count', [], { domain: [['id', '=', 1]] }],
      everywhere(1),
    ],
    ['a call of a text as user', 'object', 'execute_kw', ['demo', ' 2 ', 'admin', ...COUNT_ONE], everywhere(1)],
    ['a call of a fraction as user', 'object', 'execute_kw', ['demo', 2.9, 'admin', ...COUNT_ONE], everywhere(1)],
    [
      'a call that answers nothing',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'res.partner', 'action_unarchive', [[1]]],
      everywhere('(no result)'),
    ],
    ['a wrong password', 'object', 'execute_kw', ['demo', 2, 'bad', ...COUNT_ONE], everywhere(DENIED)],
    ['no password', 'object', 'execute_kw', ['demo', 2, null, ...COUNT_ONE], everywhere(DENIED)],
    ['the password of another user', 'object', 'execute_kw', ['demo', 2, 'portal', ...COUNT_ONE], everywhere(DENIED)],
    [
      'a user that there is not',
      'object',
      'execute_kw',
      ['demo', 9999, 'admin', ...COUNT_ONE],
      everywhere(missing(9999)),
    ],
    ['a negative user', 'object', 'execute_kw', ['demo', -1, 'admin', ...COUNT_ONE], everywhere(missing(-1))],
    ['no user', 'object', 'execute_kw', ['demo', false, 'admin', ...COUNT_ONE], everywhere(DENIED)],
    ['a user who is archived', 'object', 'execute_kw', ['demo', 1, 'admin', ...COUNT_ONE], everywhere(DENIED)],
    [
      'a user who is no number',
      'object',
      'execute_kw',
      ['demo', 'abc', 'admin', ...COUNT_ONE],
      everywhere('builtins.ValueError'),
    ],
    [
      'a user who is a list',
      'object',
      'execute_kw',
      ['demo', [2], 'admin', ...COUNT_ONE],
      everywhere('builtins.TypeError'),
    ],
    [
      'another database',
      'object',
      'execute_kw',
      ['nope', 2, 'admin', ...COUNT_ONE],
      everywhere('psycopg2.OperationalError'),
    ],
    [
      'another database without a password',
      'object',
      'execute_kw',
      ['nope', 2, '', ...COUNT_ONE],
      { 17: 'psycopg2.OperationalError', 18: 'psycopg2.OperationalError', 19: DENIED },
    ],
    [
      'another method of the service',
      'object',
      'nope',
      ['demo', 2, 'admin', ...COUNT_ONE],
      everywhere('builtins.NameError'),
    ],
    [
      'another method, wrong password',
      'object',
      'nope',
      ['demo', 2, 'bad', ...COUNT_ONE],
      { 17: DENIED, 18: DENIED, 19: 'builtins.NameError' },
    ],
    [
      'too few arguments',
      'object',
      'execute_kw',
      ['demo', 2],
      { 17: 'builtins.IndexError', 18: 'builtins.IndexError', 19: 'builtins.ValueError' },
    ],
    [
      'no method of a model',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'res.partner'],
      { 17: 'builtins.TypeError', 18: 'builtins.TypeError', 19: 'builtins.ValueError' },
    ],
    [
      'too many arguments',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', ...COUNT_ONE, {}, {}],
      { 17: 'builtins.TypeError', 18: 'builtins.TypeError', 19: 'builtins.ValueError' },
    ],
    [
      'an object in place of the arguments',
      'object',
      'execute_kw',
      {},
      { 17: 'builtins.KeyError', 18: 'builtins.KeyError', 19: 'builtins.ValueError' },
    ],
    [
      'arguments by name in a list',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', ...COUNT_ONE, ['a']],
      { 17: 'builtins.TypeError', 18: 'builtins.TypeError', 19: 'builtins.ValueError' },
    ],
    [
      'a model that there is not',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'nope.model', 'read', [[1]]],
      everywhere("odoo.exceptions.UserError: Object nope.model doesn't exist"),
    ],
    [
      'no model',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', null, 'read', [[1]]],
      everywhere("odoo.exceptions.UserError: Object None doesn't exist"),
    ],
    [
      'a private method of no model',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'nope.model', '_x', [[1]]],
      {
        17: 'odoo.exceptions.AccessError: Private methods (such as _x) cannot be called remotely.',
        18: "odoo.exceptions.UserError: Object nope.model doesn't exist",
        19: "odoo.exceptions.UserError: Object nope.model doesn't exist",
      },
    ],
    [
      'a method that is no text',
      'object',
      'execute_kw',
      ['demo', 2, 'admin', 'res.partner', 5, [[1]]],
      { 17: 'builtins.TypeError', 18: 'builtins.TypeError', 19: 'builtins.AttributeError' },
    ],
  ]

describe.each(VERSIONS)('/jsonrpc of Odoo %i', (version) => {
  test.each(CASES)('%s', async (_name, service, method, args, answers) => {
    expect(await rpc(version, service, method, args)).toEqual(answers[version])
  })

  test('every language that it could speak, with its name', async () => {
    const languages = await rpc(version, 'db', 'list_lang', [])
    expect(languages).toContainEqual(['nl_BE', 'Dutch (BE) / Nederlands (BE)'])
    expect((languages as unknown[]).length).toBeGreaterThanOrEqual(90)
  })

  test('a call without a service is a TypeError with its id', async () => {
    const { body } = await post(sandboxOf(version), '/jsonrpc', { method: 'version', args: [] })
    expect(body).toMatchObject({ id: 7, error: { data: { name: 'builtins.TypeError' } } })
  })

  test('a call that fails changes nothing', async () => {
    const create = ['res.partner.category', 'create', [[{ name: 'kept?' }, { name: false }]]]
    expect(await rpc(version, 'object', 'execute_kw', ['demo', 2, 'admin', ...create])).toMatch(/ValidationError/)
    const count = ['res.partner.category', 'search_count', [[['name', '=', 'kept?']]]]
    expect(await rpc(version, 'object', 'execute_kw', ['demo', 2, 'admin', ...count])).toBe(0)
  })
})

test('a sandbox that does not list its databases refuses to over RPC, too', async () => {
  const shut = await startTestSandbox({ listsDatabases: false })
  const list = await post(shut, '/jsonrpc', { service: 'db', method: 'list', args: [] })
  expect(list.body.error?.data.name).toBe('odoo.exceptions.AccessDenied')
  await shut.close()
})
