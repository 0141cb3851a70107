import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { makeApiKey } from '../testing/api-key.ts'
import { post, signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 19 })
})
afterAll(() => sandbox.close())

test('a revoked key opens calls over RPC, but no sign-in, until an unrelated write clears the memory of it', async () => {
  const key = await makeApiKey(sandbox, 'demo')
  const demo = await signIn(sandbox, 'demo')
  const admin = await signIn(sandbox, 'admin')
  const [uid] = (await demo.call('res.users', 'search', [[['login', '=', 'demo']]])) as number[]
  const rpc = async (service: string, method: string, args: unknown[]) =>
    (await post(sandbox, '/jsonrpc', { service, method, args: [sandbox.database, ...args] })).body
  const count = () => rpc('object', 'execute_kw', [uid, key, 'res.partner', 'search_count', [[['id', '=', 1]]]])
  const login = () => rpc('common', 'login', ['demo', key])

  expect((await count()).result).toBe(1)
  const keys = await demo.call('res.users.apikeys', 'search', [[]])
  const asked = (await demo.call('res.users.apikeys', 'remove', [keys])) as { res_id: number }
  await demo.call('res.users.identitycheck', 'run_check', [[asked.res_id]], { context: { password: 'demo' } })
  expect((await login()).result).toBe(false)
  expect((await count()).result).toBe(1)

  await admin.call('ir.config_parameter', 'set_param', ['any.thing', 'x'])
  expect((await count()).error?.data.name).toBe('odoo.exceptions.AccessDenied')
})
