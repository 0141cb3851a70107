import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { post, signIn, startTestSandbox, TEST_NOW_MS } from '../testing/client.ts'

let sandbox: Sandbox
let nowMs: number

beforeEach(async () => {
  nowMs = TEST_NOW_MS
  sandbox = await startTestSandbox({ nowMs: () => nowMs })
})

afterEach(() => sandbox.close())

const COOLING = 'Too many login failures, please wait a bit before trying again.'

async function attempt(password: string): Promise<string | undefined> {
  const { body } = await post(sandbox, '/web/session/authenticate', { db: 'demo', login: 'demo', password })
  return body.error?.data.message
}

async function failTimes(times: number): Promise<void> {
  for (let tries = 0; tries < times; tries++) expect(await attempt('wrong')).toBe('Access Denied')
}

async function setParameter(key: string, value: string): Promise<void> {
  const admin = await signIn(sandbox, 'admin')
  await admin.call('ir.config_parameter', 'set_param', [key, value])
}

describe('after ten refused sign-ins', () => {
  test('an address waits for a minute since the last, also with the right password', async () => {
    await failTimes(10)
    expect(await attempt('demo')).toBe(COOLING)
    nowMs += 59_999
    expect(await attempt('demo')).toBe(COOLING)
    nowMs += 1
    expect(await attempt('demo')).toBeUndefined()
  })

  test('another refusal begins the minute anew', async () => {
    await failTimes(10)
    nowMs += 60_000
    expect(await attempt('wrong')).toBe('Access Denied')
    expect(await attempt('demo')).toBe(COOLING)
  })

  test('sessions live on, and calls over RPC are answered', async () => {
    const demo = await signIn(sandbox, 'demo')
    await failTimes(10)
    expect(await demo.call('res.partner', 'search_count', [[['id', '=', 1]]])).toBe(1)
    const args = ['demo', 'demo', 'demo', {}]
    const { body } = await post(sandbox, '/jsonrpc', { service: 'common', method: 'authenticate', args })
    expect(body.result).toBe(6)
  })
})

test('a sign-in that succeeds forgets the refusals before', async () => {
  await failTimes(9)
  expect(await attempt('demo')).toBeUndefined()
  await failTimes(9)
  expect(await attempt('demo')).toBeUndefined()
})

test('system parameters say after how many refusals, and for how long', async () => {
  await setParameter('base.login_cooldown_after', '2')
  await setParameter('base.login_cooldown_duration', '5')
  await failTimes(2)
  expect(await attempt('demo')).toBe(COOLING)
  nowMs += 5000
  expect(await attempt('demo')).toBeUndefined()
})

test('with 0 nobody waits', async () => {
  await setParameter('base.login_cooldown_after', '0')
  await failTimes(12)
  expect(await attempt('demo')).toBeUndefined()
})
