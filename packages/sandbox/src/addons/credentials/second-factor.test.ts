import { afterEach, describe, expect, test } from 'vitest'
import { codeAt } from '../../credential/totp.ts'
import type { OdooVersion, Sandbox } from '../../index.ts'
import { type Client, post, refusalOf, signIn, startTestSandbox, TEST_NOW_MS } from '../../testing/client.ts'

let nowMs = TEST_NOW_MS
let sandbox: Sandbox

afterEach(() => sandbox.close())

type Action = { res_model: string; res_id: number; params: { message: string } }

async function start(odooVersion: OdooVersion): Promise<Client> {
  nowMs = TEST_NOW_MS
  sandbox = await startTestSandbox({ odooVersion, nowMs: () => nowMs })
  return await signIn(sandbox, 'demo')
}

const uidOf = async (client: Client) =>
  ((await client.call('res.users', 'search', [[['login', '=', 'demo']]])) as number[])[0] ?? 0

/** Calls a grave method, and gives the password that it asks for. */
async function gravely(client: Client, version: OdooVersion, model: string, method: string, ids: number[]) {
  const asked = (await client.call(model, method, [ids])) as Action
  if (asked.res_model !== 'res.users.identitycheck') return asked
  if (version < 19) await client.call('res.users.identitycheck', 'write', [[asked.res_id], { password: 'demo' }])
  const kwargs = version < 19 ? {} : { context: { password: 'demo' } }
  return (await client.call('res.users.identitycheck', 'run_check', [[asked.res_id]], kwargs)) as Action
}

/** Opens the wizard and answers it with its secret. */
async function openWizard(client: Client, version: OdooVersion): Promise<{ id: number; secret: string }> {
  const uid = await uidOf(client)
  const { res_id: id } = await gravely(client, version, 'res.users', 'action_totp_enable_wizard', [uid])
  const [row] = (await client.call('auth_totp.wizard', 'read', [[id], ['secret', 'url']])) as {
    secret: string
    url: string
  }[]
  expect(row?.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  expect(row?.url).toContain(`otpauth://totp/127.0.0.1:demo?secret=${row?.secret.replaceAll(' ', '')}`)
  return { id, secret: row?.secret ?? '' }
}

async function enable(client: Client, version: OdooVersion, id: number, code: string): Promise<Action> {
  if (version < 19) await client.call('auth_totp.wizard', 'write', [[id], { code }])
  const kwargs = version < 19 ? {} : { context: { code } }
  return (await client.call('auth_totp.wizard', 'enable', [[id]], kwargs)) as Action
}

describe.each([17, 18, 19] as const)('the second factor of Odoo %i', (version) => {
  test('is turned on with a code, from when on a password opens half a session', async () => {
    const demo = await start(version)
    const { id, secret } = await openWizard(demo, version)
    expect((await enable(demo, version, id, codeAt(secret, nowMs))).params.message).toBe(
      '2-Factor authentication is now enabled.',
    )
    expect(await demo.call('res.users', 'search_count', [[['totp_enabled', '=', true]]])).toBe(2)
    const { body, sessionId = '' } = await post(sandbox, '/web/session/authenticate', {
      db: 'demo',
      login: 'demo',
      password: 'demo',
    })
    expect(body.result).toEqual({ uid: null })
    const call = { model: 'res.partner', method: 'search_count', args: [[]], kwargs: {} }
    expect((await post(sandbox, '/web/dataset/call_kw', call, sessionId)).body.error?.code).toBe(100)
    expect(await demo.call('auth_totp.wizard', 'read', [[id], ['secret']])).toEqual([{ id, secret: '' }])
  })

  test('is not turned on by a wrong code', async () => {
    const demo = await start(version)
    const { id, secret } = await openWizard(demo, version)
    const wrong = String((Number(codeAt(secret, nowMs)) + 1) % 1_000_000)
    expect(await refusalOf(enable(demo, version, id, wrong))).toEqual({
      exception: 'odoo.exceptions.UserError',
      message: 'Verification failed, please double-check the 6-digit code',
    })
    expect((await refusalOf(enable(demo, version, id, 'abc'))).message).toBe(
      'The verification code should only contain numbers',
    )
    expect(
      (await post(sandbox, '/web/session/authenticate', { db: 'demo', login: 'demo', password: 'demo' })).body,
    ).toMatchObject({ result: { username: 'demo' } })
  })

  test('is turned off with the password, by oneself', async () => {
    const demo = await start(version)
    const { id, secret } = await openWizard(demo, version)
    await enable(demo, version, id, codeAt(secret, nowMs))
    const uid = await uidOf(demo)
    expect((await gravely(demo, version, 'res.users', 'action_totp_disable', [uid])).params.message).toBe(
      'Two-factor authentication disabled for the following user(s): Marc Demo',
    )
    expect(await demo.call('res.users', 'read', [[uid], ['totp_enabled']])).toEqual([{ id: uid, totp_enabled: false }])
  })
})

test('the second factor of another user stays on, unless an administrator turns it off', async () => {
  const demo = await start(18)
  const [totp] = (await demo.call('res.users', 'search', [[['login', '=', 'totp']]])) as number[]
  expect(await gravely(demo, 18, 'res.users', 'action_totp_disable', [totp ?? 0])).toBe(false)
  expect((await refusalOf(gravely(demo, 18, 'res.users', 'action_totp_enable_wizard', [totp ?? 0]))).message).toBe(
    'Two-factor authentication can only be enabled for yourself',
  )
})

describe('a half-open session', () => {
  test.each([
    [18, 'opens a session again', 303],
    [19, 'is refused', 200],
  ] as const)('of %i with a code that was used before %s', async (version, _case, status) => {
    const demo = await start(version)
    const { id, secret } = await openWizard(demo, version)
    await enable(demo, version, id, codeAt(secret, nowMs))
    const { answer, text } = await finish(codeAt(secret, nowMs))
    expect(answer.status).toBe(status)
    if (status === 200) expect(text).toContain('Verification failed, please use the latest 6-digit code')
  })

  test('of 19 looks at five codes an hour', async () => {
    const demo = await start(19)
    const { id, secret } = await openWizard(demo, 19)
    await enable(demo, 19, id, codeAt(secret, nowMs))
    for (let tries = 0; tries < 5; tries++) expect((await finish('000000')).text).toContain('double-check')
    nowMs += 30_000
    expect((await finish(codeAt(secret, nowMs))).text).toContain('You reached the limit of code verifications')
    nowMs += 3600_000
    expect((await finish(codeAt(secret, nowMs))).answer.status).toBe(303)
  })
})

/** Signs demo in with the password, and gives the page the code. */
async function finish(code: string): Promise<{ answer: Response; text: string }> {
  const given = { db: 'demo', login: 'demo', password: 'demo' }
  const { sessionId } = await post(sandbox, '/web/session/authenticate', given)
  const url = `${sandbox.url}/web/login/totp`
  const headers = { cookie: `session_id=${sessionId}` }
  const page = await (await fetch(url, { headers })).text()
  const token = /name="csrf_token" value="([^"]*)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ csrf_token: token, totp_token: code })
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
  return { answer, text: await answer.text() }
}
