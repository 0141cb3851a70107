import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { type Records, recordsOf } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
})

/** Sends the domain as it is written. */
const send = (domain: string) => records.read('res.partner', { fields: ['id'], domain, limit: 1 })

describe('a domain that is code is never run: 400', () => {
  test.each([
    "__import__('os').system('true')",
    "[('name', '=', __import__('os').getcwd())]",
    "[('id', '=', uid)]",
    "[('user_id', '=', user.id)]",
    "[('create_date', '<', context_today())]",
    "[('id', '=', 1 + 1)]",
    "[('id', 'in', [x for x in range(9)])]",
    "[('id', '=', lambda: 1)]",
    "[('name', '=', f'{1}')]",
    "[('name', '=', 'a' 'b' % ())]",
    "[('id', '=', (1).__class__)]",
    "[*[('id', '=', 1)]]",
    "[('id', '=', 1)] + [('id', '=', 2)]",
    "[('id', '=', 1)]; print(1)",
    "[('id', '=', {**{}})]",
    "open('/etc/passwd').read()",
    'function(){ return 1 }()',
    '[["id","=",process.env]]',
  ])('%s', async (domain) => {
    expectRefused(await send(domain), { status: 400 })
  })
})

describe('a domain that is no domain: 400', () => {
  test.each([
    '{}',
    '{"name": "a"}',
    '"name"',
    '5',
    'true',
    'null',
    '[',
    ']',
    '[[]]',
    '[["name"]]',
    '[["name","="]]',
    '[["name","=","a","b"]]',
    '[5]',
    '[null]',
    '["name","=","a"]',
    '["&"]',
    '["|",["id","=",1]]',
    '["!"]',
    '["&",["id","=",1]]',
    '["^",["id","=",1],["id","=",2]]',
    '[["id","=",1]',
    '[["id","=",1]]]',
    '[["id","=",1]] x',
    '[["id","=",NaN]]',
    '[["id","=",Infinity]]',
    "[('id', '=', 'a]",
    "[('id', '=', 1e999)]",
  ])('%s', async (domain) => {
    expectRefused(await send(domain), { status: 400 })
  })
})

describe('a term that cannot be: 400', () => {
  test.each<[string, unknown]>([
    ['an unknown operator', ['name', 'matches', 'a']],
    ['an operator of SQL', ['name', 'SIMILAR TO', 'a']],
    ['an injection in the operator', ['name', '= 1 or 1', 'a']],
    ['an empty operator', ['name', '', 'a']],
    ['an operator that is no text', ['name', 5, 'a']],
    ['the internal inselect', ['id', 'inselect', ['select id from res_users', []]]],
    ['an unknown field', ['no_such_field', '=', 1]],
    ['an injection in the field', ['id) or (1', '=', 1]],
    ['a field that is no text', [['name'], '=', 'a']],
    ['a field that is a number', [3, '=', 3]],
    ['an object for a value', ['name', '=', { a: 1 }]],
    ['a list in a list', ['id', 'in', [[1]]]],
    ['any with a value that is no domain', ['parent_id', 'any', 5]],
    ['any with an unknown field', ['parent_id', 'any', [['no_such_field', '=', 1]]]],
  ])('%s', async (_name, term) => {
    expectRefused(await send(JSON.stringify([term])), { status: 400 })
  })
})

describe('a domain beyond the limits', () => {
  test.each<[string, string]>([
    ['3,000 open brackets', '['.repeat(3_000)],
    ['1,500 brackets, open and closed', '['.repeat(1_500) + ']'.repeat(1_500)],
    ['3,000 parentheses', `[${'('.repeat(3_000)}`],
    ['1,200 negations', `[${'"!",'.repeat(1_200)}["id","=",1]]`],
  ])('%s: 400', async (_name, domain) => {
    const path = `/api/send_request?model=res.partner&fields=["id"]&domain=${domain}`
    const { token } = await signIn(target.url, target.users.demo)
    const answer = await call(target.url, { path, headers: { Authorization: `Bearer ${token}` } })
    expectRefused(answer, { status: [400, 431] })
    expect((await call(target.url, { path: '/healthz' })).status).toBe(200)
  })

  test('20,000 brackets: 400, or 431 where the URL is too large already; the process lives', async () => {
    for (const domain of ['['.repeat(20_000), '['.repeat(10_000) + ']'.repeat(10_000), '('.repeat(20_000)]) {
      expectRefused(await send(domain), { status: [400, 431] })
    }
    expect((await call(target.url, { path: '/healthz' })).status).toBe(200)
  })

  test('what is refused changes nothing for the next call', async () => {
    await send('['.repeat(2_000))
    expect((await send('[["id", ">", 0]]')).status).toBe(200)
  })
})
