import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdooVersion, Sandbox } from '../index.ts'
import { type Client, post, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'

type Running = { readonly sandbox: Sandbox; readonly admin: Client }

const running = new Map<OdooVersion, Running>()

beforeAll(async () => {
  for (const odooVersion of [17, 18, 19] as const) {
    const sandbox = await startTestSandbox({ odooVersion })
    running.set(odooVersion, { sandbox, admin: await signIn(sandbox, 'admin') })
  }
})

afterAll(async () => {
  for (const { sandbox } of running.values()) await sandbox.close()
})

function at(version: OdooVersion): Running {
  const found = running.get(version)
  if (found === undefined) throw new Error('Not started')
  return found
}

describe.each([17, 18, 19] as const)('version %s', (version) => {
  test('says so', async () => {
    const { body } = await post(at(version).sandbox, '/web/webclient/version_info', {})
    expect(body.result).toEqual({
      server_version: `${version}.0`,
      server_version_info: [version, 0, 0, 'final', 0, ''],
      server_serie: `${version}.0`,
      protocol_version: 1,
    })
  })

  test('reads every field of every model', async () => {
    const { admin } = at(version)
    for (const model of MODELS) {
      const ids = await admin.call(model, 'search', [[]], { limit: 3, context: { active_test: false } })
      const fields = (await admin.call(model, 'fields_get', [], { attributes: ['type'] })) as object
      const [record] = (await admin.call(model, 'read', [ids])) as object[]
      expect(Object.keys(record ?? {}).toSorted()).toEqual(Object.keys(fields).toSorted())
    }
  })

  test('creates, changes, copies and deletes a record of its models', async () => {
    const { admin } = at(version)
    for (const [model, values] of MADE) {
      const id = await admin.call(model, 'create', [values])
      expect(await admin.call(model, 'write', [[id], values])).toBe(true)
      const specification = Object.fromEntries(Object.keys(values).map((name) => [name, {}]))
      expect(await admin.call(model, 'web_read', [[id]], { specification })).toEqual([{ id, ...values }])
      expect(await admin.call(model, 'unlink', [[id]])).toBe(true)
    }
  })
})

const MODELS = [
  ...[
    'res.partner',
    'res.users',
    'res.company',
    'res.country',
    'res.country.state',
    'res.currency',
    'res.currency.rate',
  ],
  ...['res.lang', 'res.bank', 'res.partner.bank', 'res.partner.category', 'res.partner.industry', 'res.groups'],
  ...['project.project', 'project.task', 'project.task.type', 'project.project.stage', 'project.tags'],
]

const MADE: readonly (readonly [string, Record<string, unknown>])[] = [
  ['res.partner', { name: 'A', is_company: true, country_id: 20, category_id: [1] }],
  ['res.partner.bank', { acc_number: 'X1', partner_id: 15 }],
  ['res.bank', { name: 'B', bic: 'BICCODE' }],
  ['res.partner.category', { name: 'C', parent_id: 1 }],
  ['res.country.state', { name: 'S', code: 'ZZ', country_id: 20 }],
  ['project.project', { name: 'P', privacy_visibility: 'employees' }],
  ['project.task', { name: 'T', project_id: 1, priority: '1' }],
  ['project.task.type', { name: 'Stage', fold: true }],
  ['project.project.stage', { name: 'Stage' }],
  ['project.tags', { name: 'Tag' }],
]

/** A difference: what each version does with one call. */
const DIFFERENCES: readonly {
  readonly what: string
  readonly call: readonly [string, string, unknown[], Record<string, unknown>?]
  readonly answers: Readonly<Record<OdooVersion, unknown>>
}[] = [
  {
    what: 'an unknown model',
    call: ['nope.model', 'read', [[1]]],
    answers: { 17: 'builtins.KeyError', 18: 'werkzeug.exceptions.NotFound', 19: 'werkzeug.exceptions.NotFound' },
  },
  {
    what: 'copy',
    call: ['res.partner.category', 'copy', [[5]], { default: { name: 'Copied' } }],
    answers: { 17: expect.any(Number), 18: [expect.any(Number)], 19: [expect.any(Number)] },
  },
  {
    what: 'a language that is not installed',
    call: ['res.country', 'read', [[20], ['name']], { context: { lang: 'xx_YY' } }],
    answers: {
      17: [{ id: 20, name: 'Belgium' }],
      18: 'odoo.exceptions.UserError',
      19: 'odoo.exceptions.UserError',
    },
  },
  {
    what: 'in with a single id',
    call: ['res.country', 'search', [[['id', 'in', 20]]]],
    answers: { 17: 'builtins.ValueError', 18: 'builtins.ValueError', 19: [20] },
  },
  {
    what: 'an operator in capitals',
    call: ['res.country', 'search', [[['code', 'ILIKE', 'be']]]],
    answers: { 17: 'builtins.ValueError', 18: 'builtins.ValueError', 19: [20] },
  },
  {
    what: 'false for a domain',
    call: ['res.country', 'search', [false]],
    answers: { 17: 'builtins.AssertionError', 18: 'builtins.AssertionError', 19: [] },
  },
  {
    what: 'a computed field that cannot be searched',
    call: [
      'res.partner',
      'search_count',
      [
        [
          ['contact_address', '=', 'x'],
          ['id', '=', 1],
        ],
      ],
    ],
    answers: { 17: 1, 18: 1, 19: 'builtins.ValueError' },
  },
  {
    what: 'an empty text for an unset value',
    call: [
      'res.partner',
      'search',
      [
        [
          ['function', '=', ''],
          ['id', '=', 1],
        ],
      ],
    ],
    answers: { 17: [], 18: [1], 19: [1] },
  },
  {
    what: 'an order by a list',
    call: ['res.country', 'search', [[['id', '=', 20]]], { order: 'state_ids' }],
    answers: { 17: [20], 18: 'builtins.ValueError', 19: 'builtins.ValueError' },
  },
  {
    what: 'an unknown field written',
    call: ['res.partner', 'write', [[15], { nope: 1 }]],
    answers: { 17: 'builtins.ValueError', 18: 'builtins.ValueError', 19: 'builtins.KeyError' },
  },
  {
    what: 'a country that does not exist written',
    call: ['res.partner', 'write', [[15], { country_id: 999999 }]],
    answers: {
      17: 'odoo.exceptions.ValidationError',
      18: 'odoo.exceptions.MissingError',
      19: 'odoo.exceptions.ValidationError',
    },
  },
  {
    what: 'a salesperson that does not exist written',
    call: ['res.partner', 'write', [[15], { user_id: 999999 }]],
    answers: {
      17: 'odoo.exceptions.ValidationError',
      18: 'odoo.exceptions.ValidationError',
      19: 'odoo.exceptions.ValidationError',
    },
  },
  {
    what: 'has_access',
    call: ['res.partner', 'has_access', [[], 'read']],
    answers: { 17: 'builtins.AttributeError', 18: true, 19: true },
  },
  {
    what: 'exists',
    call: ['res.country', 'exists', [[20, 999999]]],
    answers: { 17: [20], 18: [20], 19: 'odoo.exceptions.AccessError' },
  },
  {
    what: 'web_name_search',
    call: ['res.country', 'web_name_search', [], { name: 'belg', specification: { code: {} } }],
    answers: { 17: 'builtins.AttributeError', 18: 'builtins.AttributeError', 19: [{ id: 20, code: 'BE' }] },
  },
  {
    what: 'a moment written in ISO 8601',
    call: [
      'res.country',
      'search',
      [
        [
          ['create_date', '>=', '2020-01-01T00:00:00Z'],
          ['id', '=', 20],
        ],
      ],
    ],
    answers: { 17: [20], 18: [20], 19: 'builtins.ValueError' },
  },
  {
    what: 'the groups of a user',
    call: ['res.users', 'fields_get', [['groups_id', 'group_ids']], { attributes: ['type'] }],
    answers: {
      17: { groups_id: { type: 'many2many' } },
      18: { groups_id: { type: 'many2many' } },
      19: { group_ids: { type: 'many2many' } },
    },
  },
]

describe.each(DIFFERENCES)('$what', ({ call, answers }) => {
  test.each([17, 18, 19] as const)('in %s', async (version) => {
    const [model, method, args, kwargs] = call
    const answer = answers[version]
    const asked = at(version).admin.call(model, method, [...args], kwargs)
    if (typeof answer === 'string') expect((await refusalOf(asked)).exception).toBe(answer)
    else expect(await asked).toEqual(answer)
  })
})

describe('the wire', () => {
  const count = { model: 'res.partner', method: 'search_count', args: [[['id', '=', 1]]], kwargs: {} }

  test.each([
    [17, 200],
    [18, 200],
    [19, 0],
  ] as const)('of %s gives failures the code %s', async (version, code) => {
    const { body } = await post(at(version).sandbox, '/web/session/authenticate', {
      db: 'demo',
      login: 'x',
      password: 'x',
    })
    expect(body.error).toMatchObject({ code, message: 'Odoo Server Error' })
  })

  test.each([
    [17, 400],
    [18, 400],
    [19, 415],
  ] as const)('of %s answers other content types with %s', async (version, status) => {
    const response = await fetch(`${at(version).sandbox.url}/web/dataset/call_kw`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(status)
  })

  test.each([
    [17, 400],
    [18, 200],
    [19, 200],
  ] as const)('of %s answers a call that is no JSON with %s', async (version, status) => {
    const { sessionId } = at(version).admin
    const headers = { 'content-type': 'application/json', cookie: `session_id=${sessionId}` }
    const response = await fetch(`${at(version).sandbox.url}/web/dataset/call_kw`, {
      method: 'POST',
      headers,
      body: '{',
    })
    expect(response.status).toBe(status)
  })

  test('takes the session from a header in 17 only', async () => {
    for (const version of [17, 18, 19] as const) {
      const { sandbox, admin } = at(version)
      const response = await fetch(`${sandbox.url}/web/dataset/call_kw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-openerp-session-id': admin.sessionId },
        body: JSON.stringify({ params: count }),
      })
      expect(await response.json()).toMatchObject(version === 17 ? { result: 1 } : { error: { code: 100 } })
    }
  })
})
