import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, post, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startTestSandbox()
})

afterEach(() => sandbox.close())

const RELOAD = { type: 'ir.actions.client', tag: 'reload' }

async function gravely(client: Client, model: string, method: string, id: number, password: string): Promise<unknown> {
  const { res_id } = (await client.call(model, method, [[id]])) as { res_id: number }
  await client.call('res.users.identitycheck', 'write', [[res_id], { password }])
  return client.call('res.users.identitycheck', 'run_check', [[res_id]])
}

const isLive = async ({ sessionId }: Client) =>
  (await post(sandbox, '/web/session/check', {}, sessionId)).body.error === undefined

describe('a new password', () => {
  test('that users give themselves ends their sessions', async () => {
    const demo = await signIn(sandbox, 'demo')
    const values = { new_password: 'other', confirm_password: 'other' }
    const id = (await demo.call('change.password.own', 'create', [values])) as number
    expect(await gravely(demo, 'change.password.own', 'change_password', id, 'demo')).toEqual(RELOAD)
    expect(await isLive(demo)).toBe(false)
    expect(await isLive(await signIn(sandbox, 'demo', 'other'))).toBe(true)
  })

  test('is typed twice', async () => {
    const demo = await signIn(sandbox, 'demo')
    const values = { new_password: 'other', confirm_password: 'another' }
    expect(await refusalOf(demo.call('change.password.own', 'create', [values]))).toEqual({
      exception: 'odoo.exceptions.ValidationError',
      message: 'The new password and its confirmation must be identical.',
    })
  })

  test('is given to others by who manages access rights, and not kept in the wizard', async () => {
    const admin = await signIn(sandbox, 'admin')
    const context = { active_model: 'res.users', active_ids: [6] }
    const id = await admin.call('change.password.wizard', 'create', [{}], { context })
    const [line] = (await admin.call('change.password.user', 'search_read', [
      [['wizard_id', '=', id]],
      ['user_login'],
    ])) as { id: number; user_login: string }[]
    expect(line?.user_login).toBe('demo')
    await admin.call('change.password.user', 'write', [[line?.id], { new_passwd: 'given' }])
    expect(await admin.call('change.password.wizard', 'change_password_button', [[id]])).toEqual({
      type: 'ir.actions.act_window_close',
    })
    expect(await admin.call('change.password.user', 'read', [[line?.id], ['new_passwd']])).toEqual([
      { id: line?.id, new_passwd: false },
    ])
    expect(await isLive(await signIn(sandbox, 'demo', 'given'))).toBe(true)
  })

  test('is given to others by nobody else', async () => {
    const demo = await signIn(sandbox, 'demo')
    expect((await refusalOf(demo.call('change.password.wizard', 'create', [{}]))).exception).toMatch(/AccessError$/)
  })

  test('is not blank', async () => {
    const demo = await signIn(sandbox, 'demo')
    expect(await refusalOf(demo.call('res.users', 'change_password', ['demo', '  ']))).toEqual({
      exception: 'odoo.exceptions.UserError',
      message: 'Setting empty passwords is not allowed for security reasons!',
    })
    expect(await isLive(demo)).toBe(true)
  })
})

test('logging out everywhere leaves the session that asked', async () => {
  const [here, there] = [await signIn(sandbox, 'demo'), await signIn(sandbox, 'demo')]
  expect(await gravely(here, 'res.users', 'action_revoke_all_devices', 6, 'demo')).toEqual(RELOAD)
  expect([await isLive(here), await isLive(there)]).toEqual([true, false])
})
