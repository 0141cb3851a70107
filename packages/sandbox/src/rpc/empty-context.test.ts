import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let demo: Client

beforeAll(async () => {
  sandbox = await startTestSandbox()
  demo = await signIn(sandbox, 'demo')
})

afterAll(() => sandbox.close())

// odoo-await sends an empty text where nothing was said.
test.each(['', 0, false, null, [], {}])('a context of %j is none', async (context) => {
  expect(await demo.call('res.partner', 'search_count', [[['id', '=', 1]]], { context })).toBe(1)
})

test.each(['en_US', 1, ['lang']])('a context of %j is refused', async (context) => {
  expect((await refusalOf(demo.call('res.partner', 'search_count', [[]], { context }))).exception).toMatch(
    /^builtins\.(Type|Value)Error$/,
  )
})
