import { afterEach, describe, expect, test } from 'vitest'
import type { OdooVersion, Sandbox } from '../../index.ts'
import { post, refusalOf, signIn, startTestSandbox, TEST_NOW_MS } from '../../testing/client.ts'

const WIZARD = 'res.users.apikeys.description'
const CHECK = 'res.users.identitycheck'
const KEYS = 'res.users.apikeys'

let nowMs = TEST_NOW_MS
let sandbox: Sandbox

afterEach(() => sandbox.close())

async function start(odooVersion: OdooVersion): Promise<void> {
  nowMs = TEST_NOW_MS
  sandbox = await startTestSandbox({ odooVersion, nowMs: () => nowMs })
}

type Client = Awaited<ReturnType<typeof signIn>>
type Action = { res_model: string; res_id: number; context: { default_key: string } }

/** Gives the password to the wizard that asks for it, and does what waited. */
async function answerCheck(client: Client, version: OdooVersion, id: number, password: string): Promise<Action> {
  if (version < 19) await client.call(CHECK, 'write', [[id], { password }])
  const kwargs = version < 19 ? {} : { context: { password } }
  return (await client.call(CHECK, 'run_check', [[id]], kwargs)) as Action
}

async function ask(client: Client): Promise<Action> {
  const id = await client.call(WIZARD, 'create', [{ name: 'a key' }])
  return (await client.call(WIZARD, 'make_key', [[id]])) as Action
}

async function makeKey(client: Client, version: OdooVersion, password: string): Promise<string> {
  const { res_id } = await ask(client)
  return (await answerCheck(client, version, res_id, password)).context.default_key
}

async function loginOverRpc(login: string, password: string): Promise<unknown> {
  const args = [sandbox.database, login, password, {}]
  return (await post(sandbox, '/jsonrpc', { service: 'common', method: 'authenticate', args })).body.result
}

describe.each([17, 18, 19] as const)('an API key of Odoo %i', (version) => {
  test('is made once the password was given, signs in over RPC, and no more when it is removed', async () => {
    await start(version)
    const demo = await signIn(sandbox, 'demo')
    const asked = await ask(demo)
    expect(asked).toMatchObject({ type: 'ir.actions.act_window', res_model: CHECK, target: 'new' })
    const { context } = await answerCheck(demo, version, asked.res_id, 'demo')
    expect(context.default_key).toMatch(/^[0-9a-f]{40}$/)
    const [uid] = (await demo.call('res.users', 'search', [[['login', '=', 'demo']]])) as number[]
    expect(await loginOverRpc('demo', context.default_key)).toBe(uid)
    const [key] = (await demo.call(KEYS, 'search_read', [[], ['name', 'scope']])) as { id: number }[]
    expect(key).toEqual({ id: expect.any(Number), name: 'a key', scope: false })
    expect(await demo.call(KEYS, 'remove', [[key?.id]])).toEqual({ type: 'ir.actions.act_window_close' })
    expect(await loginOverRpc('demo', context.default_key)).toBe(false)
  })

  test('is not made with a wrong password', async () => {
    await start(version)
    const demo = await signIn(sandbox, 'demo')
    const { res_id } = await ask(demo)
    expect(await refusalOf(answerCheck(demo, version, res_id, 'wrong'))).toEqual({
      exception: 'odoo.exceptions.UserError',
      message: 'Incorrect Password, try again or click on Forgot Password to reset your password.',
    })
    expect(await demo.call(KEYS, 'search_count', [[]])).toBe(0)
  })

  test('is made without another question for ten minutes', async () => {
    await start(version)
    const demo = await signIn(sandbox, 'demo')
    await makeKey(demo, version, 'demo')
    nowMs += 10 * 60_000 - 1
    expect((await ask(demo)).res_model).toBe('res.users.apikeys.show')
    nowMs += 1
    expect((await ask(demo)).res_model).toBe(CHECK)
    const elsewhere = await signIn(sandbox, 'demo')
    expect((await ask(elsewhere)).res_model).toBe(CHECK)
  })

  test('opens no web session', async () => {
    await start(version)
    const key = await makeKey(await signIn(sandbox, 'demo'), version, 'demo')
    const { body } = await post(sandbox, '/web/session/authenticate', { db: 'demo', login: 'demo', password: key })
    expect(body.error?.data.name).toBe('odoo.exceptions.AccessDenied')
  })

  test('is not for customers', async () => {
    await start(version)
    const portal = await signIn(sandbox, 'portal')
    const { res_id } = await ask(portal)
    expect(await refusalOf(answerCheck(portal, version, res_id, 'portal'))).toEqual({
      exception: 'odoo.exceptions.AccessError',
      message: 'Only internal users can create API keys',
    })
  })

  test('shows its secret nowhere but once', async () => {
    await start(version)
    const admin = await signIn(sandbox, 'admin')
    await makeKey(admin, version, 'admin')
    const fields = (await admin.call(KEYS, 'fields_get', [])) as Record<string, unknown>
    expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(['key', 'index', 'hash']))
    expect((await refusalOf(admin.call(KEYS, 'read', [[1], ['key']]))).exception).toBe('builtins.ValueError')
    expect((await refusalOf(admin.call(CHECK, 'read', [[1], ['request']]))).exception).toMatch(/AccessError$/)
  })
})

describe('what waits for a password', () => {
  test('is the business of who asked alone', async () => {
    await start(18)
    const { res_id } = await ask(await signIn(sandbox, 'demo'))
    const admin = await signIn(sandbox, 'admin')
    expect((await refusalOf(admin.call(CHECK, 'run_check', [[res_id]]))).exception).toMatch(/AccessError$/)
    expect((await refusalOf(admin.call(CHECK, 'write', [[res_id], { password: 'admin' }]))).exception).toMatch(
      /AccessError$/,
    )
  })

  test('is asked again when its password was used up', async () => {
    await start(18)
    const demo = await signIn(sandbox, 'demo')
    const { res_id } = await ask(demo)
    await answerCheck(demo, 18, res_id, 'demo')
    expect(await demo.call(CHECK, 'read', [[res_id], ['password']])).toEqual([{ id: res_id, password: false }])
  })

  test('cannot wait over RPC, which has no session', async () => {
    await start(18)
    const args = [sandbox.database, 6, 'demo', WIZARD, 'make_key', [[1]]]
    const { body } = await post(sandbox, '/jsonrpc', { service: 'object', method: 'execute_kw', args })
    expect(body.error?.data.message).toBe('This method can only be accessed over HTTP')
  })
})

describe('how long a key holds', () => {
  test.each([
    ['a week', { duration: '7' }, '2026-11-27 00:00:00'],
    ['what was said', { duration: '-1', expiration_date: '2027-01-01 10:00:00' }, '2027-01-01 10:00:00'],
    ['a day, without a word about it', {}, '2026-11-21 00:00:00'],
  ])('%s', async (_case, values, expected) => {
    await start(18)
    const demo = await signIn(sandbox, 'demo')
    const id = await demo.call(WIZARD, 'create', [{ name: 'x', ...values }])
    expect(await demo.call(WIZARD, 'read', [[id], ['expiration_date']])).toEqual([{ id, expiration_date: expected }])
  })

  test.each([
    ['for ever', 'demo', { duration: '0' }, 'The API key must have an expiration date'],
    ['without the date to choose', 'demo', { duration: '-1' }, 'The API key must have an expiration date'],
    ['longer than the groups allow', 'demo', { duration: '180' }, 'You cannot exceed 90.0 days.'],
    ['longer than a day for customers', 'portal', { duration: '7' }, 'You cannot exceed 1.0 days.'],
  ])('is not %s', async (_case, login, values, message) => {
    await start(18)
    const client = await signIn(sandbox, login)
    expect(await refusalOf(client.call(WIZARD, 'create', [{ name: 'x', ...values }]))).toEqual({
      exception: 'odoo.exceptions.ValidationError',
      message,
    })
  })

  test('is offered by what the user may choose', async () => {
    await start(18)
    const choices = async (login: string) => {
      const client = await signIn(sandbox, login)
      const fields = await client.call(WIZARD, 'fields_get', [['duration'], ['selection']])
      return (fields as { duration: { selection: [string, string][] } }).duration.selection.map(([days]) => days)
    }
    expect(await choices('admin')).toEqual(['1', '7', '30', '90', '180', '365', '0', '-1'])
    expect(await choices('demo')).toEqual(['1', '7', '30', '90', '-1'])
    expect(await choices('portal')).toEqual(['1', '-1'])
  })

  test('ends the key then', async () => {
    await start(18)
    const key = await makeKey(await signIn(sandbox, 'demo'), 18, 'demo')
    expect(await loginOverRpc('demo', key)).toBe(6)
    nowMs = Date.UTC(2026, 10, 21, 0, 0, 1)
    expect(await loginOverRpc('demo', key)).toBe(false)
  })
})

test('no list of keys gives rights that the user does not have', async () => {
  await start(18)
  const demo = await signIn(sandbox, 'demo')
  await makeKey(demo, 18, 'demo')
  const [id] = (await demo.call(KEYS, 'search', [[]])) as number[]
  for (const command of [
    [2, id, 0],
    [0, 0, { name: 'x' }],
  ]) {
    const refusal = await refusalOf(demo.call('res.users', 'write', [[6], { api_key_ids: [command] }]))
    expect(refusal.message).toContain("'Users API Keys' (res.users.apikeys) records.")
  }
  expect(await demo.call(KEYS, 'search', [[]])).toEqual([id])
})

describe('keys of others', () => {
  test('are seen and removed by administrators only', async () => {
    await start(18)
    await makeKey(await signIn(sandbox, 'demo'), 18, 'demo')
    const admin = await signIn(sandbox, 'admin')
    const [id] = (await admin.call(KEYS, 'search', [[['user_id', '=', 6]]])) as number[]
    const other = await signIn(sandbox, 'portal')
    expect(await other.call(KEYS, 'search', [[]])).toEqual([])
    const asked = (await other.call(KEYS, 'remove', [[id]])) as Action
    expect((await refusalOf(answerCheck(other, 18, asked.res_id, 'portal'))).exception).toMatch(/AccessError$/)
    const again = (await admin.call(KEYS, 'remove', [[id]])) as Action
    expect(await answerCheck(admin, 18, again.res_id, 'admin')).toEqual({ type: 'ir.actions.act_window_close' })
    expect(await admin.call(KEYS, 'search_count', [[]])).toBe(0)
  })

  test.each([
    ['created', 'create', [{ name: 'x', user_id: 2 }]],
    ['written', 'write', [[1], { name: 'x' }]],
    ['deleted', 'unlink', [[1]]],
    ['copied', 'copy', [1]],
  ])('are not %s but through the wizards', async (_case, method, args) => {
    await start(18)
    const admin = await signIn(sandbox, 'admin')
    await makeKey(admin, 18, 'admin')
    expect((await refusalOf(admin.call(KEYS, method, args))).message).toMatch(/No group currently allows/)
    expect(await admin.call(KEYS, 'search_count', [[]])).toBe(1)
  })
})
