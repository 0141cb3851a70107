import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, signIn, startTestSandbox } from '../testing/client.ts'

describe.each([17, 18, 19] as const)('an employee of Odoo %s copies', (odooVersion) => {
  let sandbox: Sandbox
  let demo: Client

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion })
    demo = await signIn(sandbox, 'demo')
  })

  afterAll(() => sandbox.close())

  test.each(['res.partner', 'project.task', 'res.partner.category'])('a record of %s', async (model) => {
    const fields = ['display_name', 'create_uid']
    const [original] = (await demo.call(model, 'search_read', [[], fields], { limit: 1, order: 'id' })) as {
      id: number
      display_name: string
    }[]
    const copied = await demo.call(model, 'copy', [[original?.id]])
    const [id] = Array.isArray(copied) ? copied : [copied]
    expect(id).toBeGreaterThan(original?.id ?? 0)
    const [copy] = (await demo.call(model, 'read', [[id], fields])) as Record<string, unknown>[]
    expect(copy?.display_name).toContain(original?.display_name)
    expect(copy?.create_uid).toEqual([expect.any(Number), expect.stringContaining('Demo')])
  })
})
