import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiInput } from '../policy/api.ts'
import { compileApi } from '../policy/compile-api.ts'
import { memoryCounters } from '../store/dialect/counters.ts'
import { createAdmission } from './admit-call.ts'

const apiOf = (settings: object, name = 'shop') => compileApi(ApiInput.parse({ name, database: 'demo', ...settings }))

const home = { grantId: 'gr_1', address: '10.1.2.3' }

describe('the address list of an API', () => {
  const api = apiOf({ addresses: ['10.0.0.0/8', '2001:db8::/32'] })
  const admit = createAdmission(memoryCounters())

  test.each(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::7'])('lets %s in', async (address) => {
    await expect(admit({ ...home, api, address })).resolves.toBeUndefined()
  })

  test.each(['11.1.2.3', '2001:db9::7', 'unknown', '', undefined])('refuses %s', async (address) => {
    await expect(admit({ ...home, api, address })).rejects.toMatchObject({ code: 'address.refused', status: 403 })
  })

  test('that is not there lets everybody in, also who cannot be placed', async () => {
    await expect(admit({ ...home, api: apiOf({}), address: undefined })).resolves.toBeUndefined()
  })
})

describe('the limits of an API', () => {
  beforeEach(() => {
    // The library that counts reads the system clock.
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('count each grant by itself, tell what is left, and begin anew after a minute', async () => {
    const admit = createAdmission(memoryCounters())
    const api = apiOf({ rateLimit: { perGrant: { perMinute: 2 } } })
    expect(await admit({ ...home, api })).toEqual({ limit: 2, windowSeconds: 60, remaining: 1, resetSeconds: 60 })
    vi.advanceTimersByTime(15_000)
    expect(await admit({ ...home, api })).toEqual({ limit: 2, windowSeconds: 60, remaining: 0, resetSeconds: 45 })
    const rateLimit = { limit: 2, windowSeconds: 60, remaining: 0, resetSeconds: 45 }
    await expect(admit({ ...home, api })).rejects.toMatchObject({
      code: 'call.limited',
      status: 429,
      data: { retryAfterSeconds: 45, rateLimit },
    })
    expect(await admit({ ...home, api, grantId: 'gr_2' })).toMatchObject({ remaining: 1 })
    expect(await admit({ ...home, api, grantId: undefined })).toBeUndefined()
    vi.advanceTimersByTime(45_000)
    expect(await admit({ ...home, api })).toMatchObject({ remaining: 1, resetSeconds: 60 })
  })

  test('count all calls of an API together, and no other API', async () => {
    const admit = createAdmission(memoryCounters())
    const rateLimit = { perApi: { perMinute: 2 } }
    const api = apiOf({ rateLimit })
    await admit({ ...home, api })
    await admit({ ...home, api })
    await expect(admit({ ...home, api, grantId: 'gr_2' })).rejects.toMatchObject({ code: 'call.limited' })
    await expect(admit({ ...home, api: apiOf({ rateLimit }, 'app') })).resolves.toMatchObject({ remaining: 1 })
  })

  test('count sign-ins by address, and take nothing from those who are signed in', async () => {
    const admit = createAdmission(memoryCounters())
    const api = apiOf({ rateLimit: { perApi: { perMinute: 2 } } })
    const signIn = (address: string | undefined) => admit({ api, grantId: undefined, address })
    for (const address of ['192.0.2.1', '2001:db8:0:1::1', undefined]) {
      expect(await signIn(address)).toMatchObject({ remaining: 1 })
      await signIn(address)
      await expect(signIn(address)).rejects.toMatchObject({ code: 'call.limited', status: 429 })
    }
    await expect(signIn('2001:db8:0:1::2')).rejects.toMatchObject({ code: 'call.limited' })
    expect(await signIn('192.0.2.2')).toMatchObject({ remaining: 1 })
    expect(await admit({ ...home, api })).toMatchObject({ remaining: 1 })
  })

  test('let only so many calls come in one second', async () => {
    const admit = createAdmission(memoryCounters())
    const api = apiOf({ rateLimit: { perGrant: { perMinute: 60, burst: 2 } } })
    await admit({ ...home, api })
    expect(await admit({ ...home, api })).toEqual({ limit: 2, windowSeconds: 1, remaining: 0, resetSeconds: 1 })
    await expect(admit({ ...home, api })).rejects.toMatchObject({ data: { retryAfterSeconds: 1 } })
    vi.advanceTimersByTime(1_000)
    await expect(admit({ ...home, api })).resolves.toMatchObject({ remaining: 1 })
  })

  test('of one grant are not taken from the others', async () => {
    const admit = createAdmission(memoryCounters())
    const api = apiOf({ rateLimit: { perGrant: { perMinute: 1 }, perApi: { perMinute: 3 } } })
    await admit({ ...home, api })
    for (let calls = 0; calls < 5; calls++) await expect(admit({ ...home, api })).rejects.toThrow()
    await expect(admit({ ...home, api, grantId: 'gr_2' })).resolves.toMatchObject({ limit: 1 })
    await expect(admit({ ...home, api, grantId: 'gr_3' })).resolves.toMatchObject({ remaining: 0 })
  })

  test('go on when the API is set anew, with the same limit or another', async () => {
    const admit = createAdmission(memoryCounters())
    const limit = (perMinute: number) => apiOf({ rateLimit: { perApi: { perMinute } } })
    await admit({ ...home, api: limit(1) })
    await expect(admit({ ...home, api: limit(1) })).rejects.toMatchObject({ code: 'call.limited' })
    await expect(admit({ ...home, api: limit(5) })).resolves.toMatchObject({ limit: 5, remaining: 2 })
  })
})
