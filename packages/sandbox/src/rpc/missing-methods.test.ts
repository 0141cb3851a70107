import { expect, test } from 'vitest'
import { readInstallation } from '../schema/installation.ts'
import { readRealMethods } from '../schema/real-methods.ts'
import { ODOO_VERSIONS } from '../start-options.ts'
import { post, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'
import type { MissingMethod } from './missing-methods.ts'

test('a method that a real Odoo has is told once; its client reads what Odoo says of any unknown one', async () => {
  const missing: MissingMethod[] = []
  const sandbox = await startTestSandbox({ onMissing: (one) => missing.push(one) })
  const { call } = await signIn(sandbox, 'admin')
  const refused = (model: string, method: string) => refusalOf(call(model, method, [[1]]))
  const { exception, message } = await refused('res.partner', 'signup_prepare')
  expect({ exception, message }).toEqual({
    exception: 'builtins.AttributeError',
    message: (await refused('res.partner', 'signup_prepar')).message.replace('signup_prepar', 'signup_prepare'),
  })
  await refused('res.partner', 'signup_prepare')
  await refused('res.partner', 'copy_data')
  await refused('res.country', 'copy_data')
  const told = (model: string, method: string): MissingMethod => ({ odooVersion: 18, model, method })
  expect(missing).toEqual([
    told('res.partner', 'signup_prepare'),
    told('res.partner', 'copy_data'),
    told('res.country', 'copy_data'),
  ])
  await sandbox.close()
})

test('a method that is missing is told whatever protocol it was called by', async () => {
  const missing: MissingMethod[] = []
  const sandbox = await startTestSandbox({ odooVersion: 19, onMissing: (one) => missing.push(one) })
  const args = ['demo', 2, 'admin', 'res.partner', 'copy_data', [[1]]]
  await post(sandbox, '/jsonrpc', { service: 'object', method: 'execute_kw', args })
  expect(missing).toEqual([{ odooVersion: 19, model: 'res.partner', method: 'copy_data' }])
  await sandbox.close()
})

test.each(ODOO_VERSIONS)('the methods of a real Odoo %i are names, of models that it has', (version) => {
  const real = readRealMethods(version)
  const models = new Set(['base', ...readInstallation(version).map(({ model }) => model)])
  expect([...real.keys()].filter((model) => !models.has(model))).toEqual([])
  const names = [...real.values()].flatMap((methods) => [...methods])
  expect(names.filter((name) => !/^[a-zA-Z]\w*$/.test(name))).toEqual([])
  expect(real.get('base')?.has('search_read')).toBe(true)
})
