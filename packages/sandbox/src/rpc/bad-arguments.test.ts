import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let admin: Client

beforeAll(async () => {
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
})
afterAll(() => sandbox.close())

test.each([
  [
    'a text is walked through by its letters',
    'name',
    'builtins.ValueError',
    "Invalid field 'n' on model 'res.partner'",
  ],
  ['a number cannot be walked through', 5, 'builtins.TypeError', "'int' object is not iterable"],
])('in place of a list of fields %s', async (_name, fields, exception, message) => {
  expect(await refusalOf(admin.call('res.partner', 'read', [[1], fields]))).toEqual({ exception, message })
})

test('in place of a list of fields the keys of an object are read', async () => {
  expect(await admin.call('res.partner', 'read', [[1], { is_company: 1 }])).toEqual([{ id: 1, is_company: true }])
})

test.each([
  ['nobody', [], 'Expected singleton: res.users()'],
  ['two', [1, 2], 'Expected singleton: res.users(1, 2)'],
])('the groups of %s cannot be asked for', async (_name, ids, message) => {
  const refusal = await refusalOf(admin.call('res.users', 'has_group', [ids, 'base.group_user']))
  expect(refusal).toEqual({ exception: 'builtins.ValueError', message })
})
