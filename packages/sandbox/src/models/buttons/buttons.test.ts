import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, post, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox
let admin: Client

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 18 })
  admin = await signIn(sandbox, 'admin')
})

afterAll(() => sandbox.close())

async function press(model: string, method: string, ids: number[]): Promise<unknown> {
  const params = { model, method, args: [ids], kwargs: {} }
  const { body } = await post(sandbox, '/web/dataset/call_button', params, admin.sessionId)
  return body.result
}

describe('buttons answer with windows', () => {
  test('the tasks of a project, in a context of the project', async () => {
    const action = await press('project.project', 'action_view_tasks', [1])
    expect(action).toMatchObject({
      xml_id: 'project.act_project_project_2_project_task_all',
      res_model: 'project.task',
      context: { default_project_id: 1, create: true, active_test: true },
    })
  })

  test('a task, with its views', async () => {
    expect(await press('project.task', 'action_open_task', [1])).toEqual({
      type: 'ir.actions.act_window',
      res_model: 'project.task',
      view_mode: 'form',
      res_id: 1,
      context: {},
      views: [[false, 'form']],
    })
  })

  test('the orders of a contact and of those below it', async () => {
    const action = await press('res.partner', 'action_view_sale_order', [9])
    expect(action).toMatchObject({ res_model: 'sale.order', domain: [['partner_id', 'in', [9, 17, 18, 33]]] })
  })

  test('nothing that is no action', async () => {
    expect(await press('res.partner', 'create_company', [1])).toBe(false)
  })
})

describe('buttons refuse', () => {
  test('several records at once', async () => {
    const refusal = await refusalOf(admin.call('project.project', 'action_view_tasks', [[1, 2]]))
    expect(refusal).toEqual({ exception: 'builtins.ValueError', message: 'Expected singleton: project.project(1, 2)' })
  })

  test('a record that is not there', async () => {
    const refusal = await refusalOf(admin.call('project.project', 'action_view_tasks', [[999999]]))
    expect(refusal.exception).toBe('odoo.exceptions.MissingError')
  })
})

describe('records are put in a new order', () => {
  test('by the route, until 18', async () => {
    const params = { model: 'project.task.type', ids: [3, 2, 1], field: 'sequence', offset: 5 }
    const { body } = await post(sandbox, '/web/dataset/resequence', params, admin.sessionId)
    expect(body.result).toBe(true)
    const read = await admin.call('project.task.type', 'read', [[3, 2, 1], ['sequence']])
    expect(read).toEqual([
      { id: 3, sequence: 5 },
      { id: 2, sequence: 6 },
      { id: 1, sequence: 7 },
    ])
  })

  test('not by a field that is not there', async () => {
    const params = { model: 'project.task.type', ids: [3], field: 'nope' }
    const { body } = await post(sandbox, '/web/dataset/resequence', params, admin.sessionId)
    expect(body.result).toBe(false)
  })
})
