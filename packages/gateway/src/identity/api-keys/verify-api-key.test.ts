import { describe, expect, test } from 'vitest'
import { hashSecret } from '../../kernel/hash.ts'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { DEMO_USER } from '../../policy/policy.fixture.ts'
import { type ApiKey, findApiKeyByHash, insertApiKey, revokeApiKey } from '../../store/api-keys.ts'
import { sampleApiKey } from '../../store/testing/records.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import { createApiKeyVerifier } from './verify-api-key.ts'

const KEY = 'ghk_a-key-of-the-tests'
const HOME = { address: '192.0.2.7', certainAddress: '192.0.2.7', requestId: 'req_1' }

/** A verifier over a store with one key, whose reads of the store are counted. */
async function openDesk(overrides: Partial<ApiKey> = {}, { onSandbox = true } = {}) {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const clock = createManualClock()
  const key = sampleApiKey({ hash: hashSecret(KEY), ...overrides })
  await insertApiKey(store.db, key)
  const live = new Set([key.grantId])
  const tasks: (() => Promise<void>)[] = []
  const guesses: string[] = []
  const verifier = createApiKeyVerifier({
    store,
    clock,
    onSandbox,
    findLiveGrant: async (grantId) => (live.has(grantId) ? { ...DEMO_USER, grantId } : undefined),
    onUnknown: async ({ address }) => void guesses.push(address),
    later: (task) => void tasks.push(task),
  })
  return Object.assign(temporary, { clock, key, live, tasks, guesses, verifier })
}

const invalid = { code: 'api_key.invalid', status: 401 }

describe('a key', () => {
  test('says who calls, by its grant', async () => {
    await using desk = await openDesk()
    expect(await desk.verifier.verify(KEY, HOME)).toMatchObject({ uid: 6, grantId: desk.key.grantId })
  })

  test.each<[name: string, key: Partial<ApiKey>, options?: { onSandbox: boolean }]>([
    ['that was revoked', { revokedAtMs: 5 }],
    ['that has expired', { expiresAtMs: 1 }],
    ['that is another', { hash: hashSecret(`${KEY}x`) }],
    ['of the demo, where the sandbox does not run', { forSandbox: true }, { onSandbox: false }],
  ])('%s is not valid', async (_, key, options) => {
    await using desk = await openDesk(key, options)
    await expect(desk.verifier.verify(KEY, HOME)).rejects.toMatchObject(invalid)
    // One that is not known may be a guess; one that was good once is no guess.
    expect(desk.guesses).toEqual(key.hash === undefined ? [] : ['192.0.2.7'])
  })

  test('ends to the millisecond, though it is remembered', async () => {
    await using desk = await openDesk({ expiresAtMs: createManualClock().nowMs() + 1_000 })
    desk.clock.advanceMs(999)
    await desk.verifier.verify(KEY, HOME)
    desk.clock.advanceMs(1)
    await expect(desk.verifier.verify(KEY, HOME)).rejects.toMatchObject(invalid)
  })

  test('is refused at once when its grant ends, though it is remembered', async () => {
    await using desk = await openDesk()
    await desk.verifier.verify(KEY, HOME)
    desk.live.clear()
    await expect(desk.verifier.verify(KEY, HOME)).rejects.toMatchObject(invalid)
  })

  test('that another node has revoked is noticed within 2 s, and at once when somebody says so', async () => {
    for (const [waitMs, isTold] of [
      [2_000, false],
      [0, true],
    ] as const) {
      await using desk = await openDesk()
      await desk.verifier.verify(KEY, HOME)
      await revokeApiKey(desk.store.db, desk.key.id, desk.clock.nowMs())
      expect(await desk.verifier.verify(KEY, HOME)).toBeDefined()
      desk.clock.advanceMs(waitMs)
      if (isTold) desk.verifier.forget()
      await expect(desk.verifier.verify(KEY, HOME)).rejects.toMatchObject(invalid)
    }
  })
})

describe('a list of addresses', () => {
  const addresses = ['192.0.2.0/24', '2001:db8::/32']
  test.each<[certainAddress: string | undefined, isIn: boolean]>([
    ['192.0.2.200', true],
    ['::ffff:192.0.2.200', true],
    ['2001:db8::1', true],
    ['198.51.100.1', false],
    ['2001:db9::1', false],
    [undefined, false],
  ])('lets %s in: %s', async (certainAddress, isIn) => {
    await using desk = await openDesk({ addresses })
    const verified = desk.verifier.verify(KEY, { ...HOME, certainAddress })
    if (isIn) await verified
    else await expect(verified).rejects.toMatchObject({ code: 'api_key.address_refused', status: 403 })
    expect(desk.tasks).toHaveLength(isIn ? 1 : 0)
  })
})

describe('the use of a key', () => {
  test('is written down after the call, once a minute', async () => {
    await using desk = await openDesk()
    for (const waitMs of [0, 30_000, 29_999, 1]) {
      desk.clock.advanceMs(waitMs)
      await desk.verifier.verify(KEY, HOME)
    }
    expect(desk.tasks).toHaveLength(2)
    for (const task of desk.tasks) await task()
    const row = await findApiKeyByHash(desk.store.db, desk.key.hash)
    expect(row).toMatchObject({ lastUsedAtMs: desk.clock.nowMs(), lastUsedAddress: '192.0.2.7' })
  })

  test('is not written down when the call is refused', async () => {
    await using desk = await openDesk({ revokedAtMs: 1 })
    await expect(desk.verifier.verify(KEY, HOME)).rejects.toMatchObject(invalid)
    expect(desk.tasks).toEqual([])
  })
})
