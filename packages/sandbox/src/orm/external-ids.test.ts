import { expect, test } from 'vitest'
import { signIn, startTestSandbox } from '../testing/client.ts'

test('an external name of its own is made of table, record and chance', async () => {
  const sandbox = await startTestSandbox()
  const admin = await signIn(sandbox, 'admin')
  const partner = await admin.call('res.partner', 'create', [{ name: 'Golden' }])
  const exported = (await admin.call('res.partner', 'export_data', [[partner], ['id']])) as { datas: string[][] }
  const name = exported.datas[0]?.[0]
  expect(name).toMatch(new RegExp(`^__export__\\.res_partner_${partner}_[0-9a-f]{8}$`))
  expect(await admin.call('res.partner', 'export_data', [[partner], ['id']])).toEqual(exported)
  await sandbox.close()
})
