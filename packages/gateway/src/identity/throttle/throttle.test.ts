import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { storeErrors } from '../../store/errors.ts'
import { codeOf, refusalOf } from '../../tokens/testing/refusal-of.ts'
import { openThrottle as open, TEST_LIMITS } from './throttle.fixture.ts'
import { createThrottle, type Throttle } from './throttle.ts'

const DEMO = { database: 'demo', login: 'demo' }
const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 10, 21)

// The library that counts reads the machine's clock; the gateway's clock is the same one here.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

const advanceSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

/** Sends attempts; answers how many were let through, and the refusal of the last that was not. */
async function attempts(
  throttle: Throttle,
  count: number,
  { account = DEMO, address = '192.0.2.1', right = false } = {},
) {
  let asked = 0
  const check = async () => {
    asked += 1
    return right
  }
  const by = { address, requestId: 'req_1' }
  const all = Array.from({ length: count }, () =>
    throttle.signIn(account, by, check, (answer) => (answer ? 'right' : 'wrong')),
  )
  const refused = (await Promise.allSettled(all)).filter((one) => one.status === 'rejected').map((one) => one.reason)
  return { asked, refused: refused.length, refusal: refused.at(-1) }
}

describe('failures of one account from one address', () => {
  test('five are let through, of a hundred at once too', async () => {
    await using it = await open()
    expect(await attempts(it.throttle, 100)).toMatchObject({ asked: 5, refused: 95 })
  })

  test('the refusal is 429, tells when to try again and which limit it was', async () => {
    await using it = await open()
    await attempts(it.throttle, 5)
    advanceSeconds(100)
    expect((await attempts(it.throttle, 1)).refusal).toMatchObject({
      code: 'throttle.limited',
      status: 429,
      data: {
        retryAfterSeconds: 200,
        rateLimit: { limit: 5, windowSeconds: 300, remaining: 0, resetSeconds: 200 },
      },
    })
    expect(it.observed).toMatchObject([{ kind: 'throttled', limit: 'account_address', address: '192.0.2.1' }])
    expect(JSON.stringify(it.observed)).not.toContain('"demo"')
  })

  test('is told to the log and the audit trail without anything else of the request', async () => {
    await using it = await open()
    const call = {
      ...{ address: '192.0.2.1', requestId: 'req_1', url: '/api/authenticate' },
      ...{ headers: { cookie: 'refreshToken=secret' }, cookies: { refreshToken: 'secret' } },
      body: { login: 'demo', password: 'secret', mfa_token: 'secret' },
    }
    for (let tries = 0; tries < 6; tries += 1) {
      await it.throttle
        .signIn(
          DEMO,
          call,
          async () => 'denied',
          () => 'wrong',
        )
        .catch(() => undefined)
    }
    for (let tries = 0; tries < 46; tries += 1) await it.throttle.countWrong(call).catch(() => undefined)
    const told = { kind: 'throttled', address: '192.0.2.1', requestId: 'req_1' }
    expect(it.observed).toEqual([
      { ...told, limit: 'account_address' },
      { ...told, limit: 'address' },
    ])
  })

  test('the right password is not asked for either, until the window is over', async () => {
    await using it = await open()
    await attempts(it.throttle, 5)
    advanceSeconds(299)
    expect(await attempts(it.throttle, 1, { right: true })).toMatchObject({ asked: 0 })
    advanceSeconds(2)
    expect(await attempts(it.throttle, 1, { right: true })).toMatchObject({ asked: 1, refused: 0 })
  })

  test('the same login in another spelling is the same account', async () => {
    await using it = await open()
    await attempts(it.throttle, 5)
    for (const login of ['DEMO', ' demo ', 'ｄｅｍｏ']) {
      expect(await attempts(it.throttle, 1, { account: { database: 'demo', login } })).toMatchObject({ asked: 0 })
    }
    expect(await attempts(it.throttle, 1, { account: { database: 'other', login: 'demo' } })).toMatchObject({
      asked: 1,
    })
  })

  test('other accounts from the address and other addresses of the account go on', async () => {
    await using it = await open()
    await attempts(it.throttle, 9)
    expect(await attempts(it.throttle, 1, { account: { ...DEMO, login: 'admin' } })).toMatchObject({ asked: 1 })
    expect(await attempts(it.throttle, 1, { address: '192.0.2.2' })).toMatchObject({ asked: 1 })
  })

  test('addresses of one IPv6 network count as one', async () => {
    await using it = await open()
    await attempts(it.throttle, 5, { address: '2001:db8:0:1::1' })
    expect(await attempts(it.throttle, 1, { address: '2001:db8:0:1:ffff::9' })).toMatchObject({ asked: 0 })
    expect(await attempts(it.throttle, 1, { address: '2001:db8:0:2::1' })).toMatchObject({ asked: 1 })
  })
})

describe('what is no failure', () => {
  test('any number of right passwords goes through, at once too', async () => {
    await using it = await open()
    expect(await attempts(it.throttle, 60, { right: true })).toMatchObject({ asked: 60, refused: 0 })
  })

  test('a success takes no failure back', async () => {
    await using it = await open()
    await attempts(it.throttle, 4)
    await attempts(it.throttle, 1, { right: true })
    expect(await attempts(it.throttle, 2)).toMatchObject({ asked: 1, refused: 1 })
  })

  test('an Odoo that does not answer counts for nothing', async () => {
    await using it = await open()
    const away = new Error('no connection')
    const check = async () => {
      throw away
    }
    const by = { address: '192.0.2.1', requestId: 'req_1' }
    for (let i = 0; i < 9; i++) await expect(it.throttle.signIn(DEMO, by, check, () => 'wrong')).rejects.toBe(away)
    expect(await attempts(it.throttle, 9)).toMatchObject({ asked: 5 })
  })

  test('a place of a window that is over is not taken from the next', async () => {
    await using it = await open()
    const by = { address: '192.0.2.1', requestId: 'req_1' }
    const slow = async () => advanceSeconds(301)
    await it.throttle.signIn(DEMO, by, slow, () => 'right')
    expect(await attempts(it.throttle, 9)).toMatchObject({ asked: 5 })
  })
})

describe('failures from one address', () => {
  test('fifty are let through, whatever the accounts', async () => {
    await using it = await open()
    const sent = await Promise.all(
      Array.from({ length: 70 }, (_, i) => attempts(it.throttle, 1, { account: { database: 'demo', login: `u${i}` } })),
    )
    expect(sent.reduce((sum, { asked }) => sum + asked, 0)).toBe(50)
    expect(it.observed).toHaveLength(20)
    expect(it.observed[0]).toMatchObject({ kind: 'throttled', limit: 'address' })
    expect(await attempts(it.throttle, 1, { address: '192.0.2.2' })).toMatchObject({ asked: 1 })
  })

  test('wrong credentials without an account count among them', async () => {
    await using it = await open()
    const by = { address: '192.0.2.1', requestId: 'req_1' }
    for (let i = 0; i < 25; i++) await it.throttle.countWrong(by)
    for (let i = 0; i < 25; i++)
      await it.throttle.anonymous(
        by,
        async () => 'wrong',
        () => true,
      )
    expect(await it.throttle.countWrong({ ...by, address: '192.0.2.2' })).toBeUndefined()
    expect(await codeOf(it.throttle.countWrong(by))).toBe('throttle.limited')
    expect(
      await codeOf(
        it.throttle.anonymous(
          by,
          async () => 'never',
          () => false,
        ),
      ),
    ).toBe('throttle.limited')
    expect(await attempts(it.throttle, 1, { right: true })).toMatchObject({ asked: 0 })
  })
})

describe('failures of one account from everywhere', () => {
  /** A hundred and ten from as many networks. */
  async function attack(throttle: Throttle): Promise<number> {
    let asked = 0
    for (let i = 0; i < 110; i++) asked += (await attempts(throttle, 1, { address: `198.51.100.${i}` })).asked
    return asked
  }

  test('a hundred are let through, and then only addresses that are known', async () => {
    await using it = await open()
    await it.throttle.succeeded(DEMO, { address: '192.0.2.7' })
    expect(await attack(it.throttle)).toBe(100)
    expect(await attempts(it.throttle, 1, { address: '192.0.2.8', right: true })).toMatchObject({ asked: 0 })
    expect(await attempts(it.throttle, 1, { address: '192.0.2.7', right: true })).toMatchObject({
      asked: 1,
      refused: 0,
    })
    expect(await attempts(it.throttle, 9, { address: '192.0.2.7' })).toMatchObject({ asked: 5 })
  })

  test('other users are not affected', async () => {
    await using it = await open()
    await attack(it.throttle)
    const admin = { database: 'demo', login: 'admin' }
    expect(await attempts(it.throttle, 1, { account: admin, right: true })).toMatchObject({ asked: 1 })
  })

  test('the window is an hour', async () => {
    await using it = await open()
    await attack(it.throttle)
    advanceSeconds(3601)
    expect(await attempts(it.throttle, 1, { address: '192.0.2.8', right: true })).toMatchObject({ asked: 1 })
  })

  test.each([
    { days: 30, asked: 1 },
    { days: 30.001, asked: 0 },
  ])('an address whose success is $days days old: $asked', async ({ days, asked }) => {
    await using it = await open()
    await it.throttle.succeeded(DEMO, { address: '192.0.2.7' })
    vi.setSystemTime(START_MS + days * DAY_MS - 60_000)
    await attack(it.throttle)
    vi.setSystemTime(START_MS + days * DAY_MS)
    expect(await attempts(it.throttle, 1, { address: '192.0.2.7', right: true })).toMatchObject({ asked })
  })
})

describe('a store that is away', () => {
  test('lets nothing through: 503', async () => {
    await using it = await open()
    const counters = {
      add: async () => {
        throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: 5 } })
      },
    }
    const store = { db: it.store.db, counters }
    const clock = { nowMs: () => Date.now() }
    const throttle = createThrottle({ store, limits: TEST_LIMITS, clock, observe: () => undefined })
    const { asked, refusal } = await attempts(throttle, 1, { right: true })
    expect(asked).toBe(0)
    expect(await refusalOf(Promise.reject(refusal))).toMatchObject({ code: 'store.unavailable', status: 503 })
  })
})
