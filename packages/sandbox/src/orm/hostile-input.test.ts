import { describe, expect, test } from 'vitest'
import { post } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const NAMES = [
  'id; drop table res_partner',
  '"id"',
  'name--',
  '(select password from sandbox_credential)',
  "name' or '1'='1",
  'id\u0000',
  '__proto__',
  'constructor',
  'toString',
]

describe.each([17, 18, 19] as const)('whatever comes, Odoo %s', (odooVersion) => {
  const { admin, sandbox } = useSandbox({ odooVersion })

  /** The fault of a call, or nothing; fails for a stack trace of ours, and for what is no fault of Odoo's. */
  async function faultOf(
    model: string,
    method: string,
    args: unknown,
    kwargs: unknown = {},
  ): Promise<string | undefined> {
    const { status, body } = await post(
      sandbox(),
      '/web/dataset/call_kw',
      { model, method, args, kwargs },
      admin.sessionId,
    )
    const told = JSON.stringify(body)
    expect(status).toBe(200)
    expect(told).not.toMatch(/\.ts:\d+|node:|SQLITE|at async|sandbox_credential.*scrypt/)
    expect(body.error?.data.name).not.toBe('builtins.RuntimeError')
    return body.error?.data.name
  }

  test.each(NAMES)('takes %j for no name of anything', async (name) => {
    expect(await faultOf('res.partner', 'read', [[1], [name]])).toBe('builtins.ValueError')
    expect(await faultOf('res.partner', 'search', [[]], { order: name, limit: 1 })).toMatch(/UserError|ValueError/)
    expect(await faultOf('res.partner', 'search', [[[name, '=', 1]]])).toBeDefined()
    expect(await faultOf('res.partner', 'read_group', [[], [], [name]])).toBe('builtins.ValueError')
    expect(await faultOf('res.partner', 'read_group', [[], [], ['type']], { orderby: name })).toBe(
      'builtins.ValueError',
    )
    expect(await faultOf('res.partner', 'create', [{ [name]: 1 }])).toBeDefined()
    expect(await faultOf('res.partner', 'write', [[1], JSON.parse(`{${JSON.stringify(name)}: 1}`)])).toBeDefined()
    expect(await faultOf('res.partner', 'export_data', [[1], [name]])).toBeDefined()
    expect(await faultOf('res.partner', 'load', [[name], [['x']]])).toBeDefined()
    expect(await faultOf('res.partner', name, [[1]])).toBeDefined()
    expect(await faultOf(name, 'read', [[1]])).toBeDefined()
    expect(await faultOf('res.partner', 'web_read', [[1], JSON.parse(`{${JSON.stringify(name)}: {}}`)])).toBeDefined()
    expect(await faultOf('res.partner', 'search', [[['name', '=', name]]])).toBeUndefined()
    expect(
      await faultOf('res.partner', 'read_group', [[], [], ['create_date']], { context: { tz: name } }),
    ).toBeUndefined()
  })

  test('answers a domain of 1,000 terms, and refuses one of 100,000 unlike terms', async () => {
    const terms = (count: number) => Array.from({ length: count }, (_, index) => ['name', 'ilike', `No such ${index}`])
    expect(await faultOf('res.partner', 'search', [[...Array(999).fill('|'), ...terms(1000)]])).toBeUndefined()
    const refused = await faultOf('res.partner', 'search', [[...Array(99_999).fill('|'), ...terms(100_000)]])
    expect(refused).toBe('psycopg2.errors.StatementTooComplex')
  })

  test.each([
    ['paths', [[[...Array(500).fill('parent_id'), 'name'].join('.'), '=', 'x']]],
    ['any', Array.from({ length: 400 }).reduce<unknown>((inner) => [['parent_id', 'any', inner]], [])],
    ['lists', Array.from({ length: 500 }).reduce<unknown>((inner) => [inner], [])],
  ])('refuses %s that are nested deep', async (_case, domain) => {
    expect(await faultOf('res.partner', 'search', [domain])).toBeDefined()
  })

  test('looks for patterns of any length', async () => {
    for (const text of ['a'.repeat(60_000), 'é'.repeat(60_000), '%a'.repeat(30_000), '_'.repeat(100_000)]) {
      for (const operator of ['like', 'ilike', '=like', 'not ilike']) {
        expect(await faultOf('res.partner', 'search_count', [[['name', operator, text]]])).toBeUndefined()
      }
    }
    expect(await faultOf('res.partner', 'name_search', ['b'.repeat(60_000)])).toBeUndefined()
  })

  test.each([-1, 2 ** 31, 2 ** 63, 1e300, 1.5])('finds no record %s', async (id) => {
    expect(await admin.call('res.partner', 'read', [[id], ['name']])).toEqual([])
    expect(await faultOf('res.partner', 'write', [[id], { name: 'x' }])).toBe('odoo.exceptions.MissingError')
    expect(await faultOf('res.partner', 'search', [[['id', 'in', [id]]]])).toBeUndefined()
    expect(await faultOf('res.partner', 'create', [{ name: 'x', category_id: [[6, 0, [id]]] }])).toBe(
      'odoo.exceptions.ValidationError',
    )
  })

  test.each([
    ['text', 'abc', 'psycopg2.errors.InvalidTextRepresentation'],
    ['a switch', true, 'psycopg2.errors.UndefinedFunction'],
    ['a list', [1], 'builtins.TypeError'],
    ['an object', { a: 1 }, 'builtins.TypeError'],
  ])('reads no record by %s', async (_case, id, exception) => {
    for (const method of ['read', 'web_read', 'get_metadata']) {
      expect(await faultOf('res.partner', method, [[id], ...(method === 'web_read' ? [{ name: {} }] : [])])).toBe(
        exception,
      )
    }
  })

  test('takes lists of 100,000 ids', async () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => index + 1)
    const found = (await admin.call('res.partner', 'read', [ids, ['name']])) as unknown[]
    expect(found.length).toBeGreaterThan(30)
    expect(await faultOf('res.partner', 'search', [[['id', 'child_of', ids]]])).toBeUndefined()
    expect(await faultOf('res.partner', 'write', [ids, { color: 1 }])).toBe('odoo.exceptions.MissingError')
    expect(await faultOf('res.partner', 'create', [{ name: 'x', category_id: [[6, 0, ids]] }])).toBe(
      'odoo.exceptions.ValidationError',
    )
  })

  test.each([
    'read_group',
    'load',
    'export_data',
    'onchange',
    'get_views',
    'default_get',
    'web_read',
    'read_progress_bar',
    'web_save',
    'name_search',
  ])('%s fails as Python does for arguments of any kind', async (method) => {
    for (const bad of [null, 5, 'x', { a: 1 }, [null], [[]], [{}], true])
      await faultOf('res.partner', method, [bad, bad, bad])
  })
})
