import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusalOf } from '../../tokens/testing/refusal-of.ts'
import { openThrottle } from './throttle.fixture.ts'
import type { Throttle, Verdict } from './throttle.ts'

const DEMO = { database: 'demo', login: 'demo' }

// The library that counts reads the machine's clock; the gateway's clock is the same one here.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21) })
})
afterEach(() => {
  vi.useRealTimers()
})

const advanceSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

describe('an Odoo without proxy_mode, which takes everybody for one address', () => {
  /** Pauses as Odoo does: at the tenth failure since a success, for a minute from the last one. */
  function odooOf(tellsApart: boolean) {
    const failed = new Map<string, { count: number; lastMs: number }>()
    return (address: string, right: boolean): Verdict => {
      const source = tellsApart ? address : 'the gateway'
      const { count, lastMs } = failed.get(source) ?? { count: 0, lastMs: 0 }
      if (count >= 10 && Date.now() < lastMs + 60_000) return 'paused'
      if (right) failed.delete(source)
      else failed.set(source, { count: count + 1, lastMs: Date.now() })
      return right ? 'right' : 'wrong'
    }
  }

  /** Signs in to a login, its own if none is named; answers what Odoo said, or that it was not asked. */
  function people(throttle: Throttle, odoo: ReturnType<typeof odooOf>) {
    let invented = 0
    return async (address: string, { right = true, login = `nobody${invented++}` } = {}) => {
      const by = { address, requestId: 'req_1' }
      const check = async () => odoo(address, right)
      try {
        return await throttle.signIn({ database: 'demo', login }, by, check, (answer) => answer)
      } catch (error) {
        return (await refusalOf(Promise.reject(error))).code
      }
    }
  }

  const HOME = '192.0.2.7'
  const GUESSER = '203.0.113.1'

  /** Somebody who is at home, a guesser who has had Odoo pause, and somebody who has met that. */
  async function attacked(tellsApart = false) {
    const it = await openThrottle()
    await it.throttle.succeeded(DEMO, { address: HOME })
    const signIn = people(it.throttle, odooOf(tellsApart))
    for (let i = 0; i < 10; i++) expect(await signIn(GUESSER, { right: false })).toBe('wrong')
    const met = await signIn(HOME, { login: 'demo' })
    return { ...it, signIn, met, [Symbol.asyncDispose]: () => it[Symbol.asyncDispose]() }
  }

  test('after one pause, guesses at invented logins do not keep people out who are known', async () => {
    await using it = await attacked()
    expect(it.met).toBe('paused')
    const seen = []
    for (let minute = 0; minute < 60; minute++) {
      advanceSeconds(61)
      for (let i = 0; i < 9; i++) await it.signIn(GUESSER, { right: false })
      seen.push(await it.signIn(HOME, { login: 'demo' }))
    }
    expect(seen).toEqual(Array(60).fill('right'))
  })

  test('where nobody signs in, a window lets one guess through, and no other after its pause', async () => {
    await using it = await attacked()
    for (let window = 0; window < 3; window++) {
      advanceSeconds(601)
      const guesses = []
      for (let i = 0; i < 20; i++) guesses.push(await it.signIn(`203.0.113.${i}`, { right: false }))
      expect(guesses).toEqual(['wrong', 'paused', ...Array(18).fill('throttle.limited')])
      advanceSeconds(61)
      expect(await it.signIn(`198.51.100.${window}`, { right: false })).toBe('throttle.limited')
    }
    expect(await it.signIn(HOME, { login: 'demo' })).toBe('right')
  })

  test('who is not known is told so as 429, and let in again once somebody has signed in', async () => {
    await using it = await attacked()
    expect(await it.signIn('198.51.100.1')).toBe('throttle.limited')
    expect(it.observed.at(-1)).toMatchObject({ kind: 'throttled', limit: 'database' })
    advanceSeconds(61)
    expect(await it.signIn(HOME, { login: 'demo' })).toBe('right')
    expect(await it.signIn('198.51.100.1')).toBe('right')
  })

  test('is not what one with proxy_mode is taken for: who fails too often pauses alone', async () => {
    await using it = await attacked(true)
    expect(it.met).toBe('right')
    expect(await it.signIn(GUESSER, { right: false })).toBe('paused')
    for (let i = 0; i < 30; i++) expect(await it.signIn(`198.51.100.${i}`, { right: false })).toBe('wrong')
  })

  test('is told apart by database', async () => {
    await using it = await attacked()
    const other = { database: 'other', login: 'demo' }
    const by = { address: '198.51.100.1', requestId: 'req_1' }
    expect(
      await it.throttle.signIn(
        other,
        by,
        async () => 'in',
        () => 'right',
      ),
    ).toBe('in')
  })
})
