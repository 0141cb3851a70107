import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import type { Observation } from '../kernel/observation.ts'
import { ApiInput } from '../policy/api.ts'
import { compileApi } from '../policy/compile-api.ts'
import { codeOf, refusalOf } from '../tokens/testing/refusal-of.ts'
import { openTokenWorkbench } from '../tokens/testing/token-workbench.ts'
import type { AwaitedSecondFactor, OpenedSession, PasswordRefusal } from '../upstream/odoo-sessions.ts'
import { factsOf } from './request-facts.fixture.ts'
import { type SignInDeps, signInWithPassword } from './sign-in.ts'

const CREDENTIALS = { login: 'demo', password: 'correct horse' }
const BY = { surface: 'odoo-jwt', clientId: 'odoo-jwt', browser: false }
const HALF = { sessionId: 'h'.repeat(84), csrfToken: 'csrf', method: 'totp' } as const
const OPENED: OpenedSession = {
  kind: 'opened',
  odooSessionId: 'os_unknown_to_the_store',
  uid: 6,
  login: 'demo',
  administrator: false,
}

const doorOf = (waysIn: readonly string[]) => ({
  database: 'demo',
  api: compileApi(ApiInput.parse({ name: 'default', database: 'demo', waysIn })),
})

/** An Odoo that gives one answer, and writes down what it was asked. */
function odooAnswering(
  answer: OpenedSession | AwaitedSecondFactor | PasswordRefusal,
  end: () => Promise<void> = async () => {},
) {
  const opened: unknown[] = []
  const ended: string[] = []
  const cancelled: unknown[] = []
  const odoo: SignInDeps['odoo'] = {
    begin: async (...asked) => {
      opened.push(asked)
      return answer
    },
    end: (odooSessionId) => {
      ended.push(odooSessionId)
      return end()
    },
    cancel: async (_database, half) => {
      cancelled.push(half)
    },
  }
  return { odoo, opened, ended, cancelled }
}

/** A throttle that lets everything through, no devices, and challenges that are all the same. */
const around: Pick<SignInDeps, 'throttle' | 'challenges' | 'devices'> = {
  throttle: { signIn: (_account, _by, check) => check(), succeeded: async () => {}, countWrong: async () => {} },
  challenges: { add: async () => 'mfa_token' },
  devices: { shown: async () => undefined, forget: async () => {} },
}

function signIn(
  deps: Pick<SignInDeps, 'odoo' | 'tokens'> & Partial<SignInDeps>,
  waysIn: readonly string[] = ['password'],
) {
  const observed: Observation[] = []
  const observe = (observation: Observation) => {
    observed.push(observation)
  }
  const request = factsOf({ headers: { 'user-agent': ['curl/8.0'] } })
  const answer = signInWithPassword(request, doorOf(waysIn), CREDENTIALS, BY, { ...around, ...deps, observe })
  return { answer, observed }
}

const noTokens: SignInDeps['tokens'] = {
  startGrant: async () => {
    throw new TypeError('no grant is to be made')
  },
}

describe('what Odoo refuses', () => {
  test.each([
    { kind: 'denied', code: 'signin.denied', status: 401 },
    { kind: 'unknown_database', code: 'signin.denied', status: 401 },
    { kind: 'cooldown', code: 'signin.cooldown', status: 503 },
  ] as const)('$kind is $status $code, and observed without the login', async ({ kind, code, status }) => {
    const { odoo } = odooAnswering({ kind })
    const { answer, observed } = signIn({ odoo, tokens: noTokens })
    expect(await refusalOf(answer)).toMatchObject({ code, status })
    expect(observed).toMatchObject([{ kind: 'sign_in_refused', reason: kind }])
    expect(JSON.stringify(observed)).not.toMatch(/correct horse|"login"/)
  })

  test('an API without passwords never shows one to Odoo, and counts it for the address', async () => {
    const { odoo, opened } = odooAnswering(OPENED)
    const counted: string[] = []
    const countWrong = async ({ address }: { readonly address: string }) => {
      counted.push(address)
    }
    const throttle: SignInDeps['throttle'] = { ...around.throttle, countWrong }
    expect(await codeOf(signIn({ odoo, tokens: noTokens, throttle }, []).answer)).toBe('api.way_in_closed')
    expect(opened).toEqual([])
    expect(counted).toEqual(['192.0.2.1'])
  })
})

describe('a second factor that Odoo awaits', () => {
  const awaited: AwaitedSecondFactor = { kind: 'second_factor', half: HALF }

  test('is told with the token that finishes the sign-in, and with nothing of the session', async () => {
    const { odoo, cancelled } = odooAnswering(awaited)
    const { answer, observed } = signIn({ odoo, tokens: noTokens })
    const refusal = await refusalOf(answer)
    expect(refusal).toMatchObject({ code: 'signin.second_factor', status: 401 })
    expect(refusal.data.extra).toEqual({ mfa_required: true, mfa_token: 'mfa_token', methods: ['totp'] })
    expect(observed).toMatchObject([{ kind: 'sign_in_refused', reason: 'second_factor' }])
    expect(JSON.stringify([refusal, observed])).not.toMatch(/hhhh|csrf/)
    expect(cancelled).toEqual([])
  })

  test('is given up when it cannot be kept', async () => {
    const { odoo, cancelled } = odooAnswering(awaited)
    const full = new Error('the disk is full')
    const challenges: SignInDeps['challenges'] = {
      add: async () => {
        throw full
      },
    }
    await expect(signIn({ odoo, tokens: noTokens, challenges }).answer).rejects.toBe(full)
    expect(cancelled).toEqual([HALF])
  })

  test('in spite of a device that was shown has the device forgotten', async () => {
    const { odoo, opened } = odooAnswering(awaited)
    const forgotten: unknown[] = []
    const device = { hash: hashSecret('ghd_x'), odooId: 'td' }
    const devices: SignInDeps['devices'] = {
      shown: async () => device,
      forget: async (one) => {
        forgotten.push(one)
      },
    }
    expect(await codeOf(signIn({ odoo, tokens: noTokens, devices }).answer)).toBe('signin.second_factor')
    expect(opened).toMatchObject([['demo', { ...CREDENTIALS, trustedDevice: 'td' }, { userAgent: 'curl/8.0' }]])
    expect(forgotten).toEqual([device])
  })
})

test('a wrong password is a failure for the throttle, and nothing else is', async () => {
  const judged: string[] = []
  const answers = [
    { kind: 'denied' },
    { kind: 'unknown_database' },
    { kind: 'cooldown' },
    { kind: 'second_factor', half: HALF },
  ]
  for (const answer of answers as readonly (AwaitedSecondFactor | PasswordRefusal)[]) {
    const { odoo } = odooAnswering(answer)
    const throttle: SignInDeps['throttle'] = {
      signIn: async (_account, _by, check, judge) => {
        const checked = await check()
        judged.push(judge(checked))
        return checked
      },
      succeeded: async () => {},
      countWrong: async () => {},
    }
    await codeOf(signIn({ odoo, tokens: noTokens, throttle }).answer)
  }
  expect(judged).toEqual(['wrong', 'wrong', 'paused', 'right'])
})

describe('when the grant cannot be made', () => {
  const broken = new Error('the disk is full')
  const tokens: SignInDeps['tokens'] = {
    startGrant: async () => {
      throw broken
    },
  }

  test('the session that Odoo opened is ended', async () => {
    const { odoo, ended } = odooAnswering(OPENED)
    const { answer, observed } = signIn({ odoo, tokens })
    await expect(answer).rejects.toBe(broken)
    expect(ended).toEqual([OPENED.odooSessionId])
    expect(observed).toEqual([])
  })

  test('that is what is told, even when the session cannot be ended either', async () => {
    const { odoo, ended } = odooAnswering(OPENED, async () => {
      throw new Error('no connection')
    })
    await expect(signIn({ odoo, tokens }).answer).rejects.toBe(broken)
    expect(ended).toEqual([OPENED.odooSessionId])
  })

  test('by the store itself, the session is ended too', async () => {
    await using bench = await openTokenWorkbench()
    const { odoo, ended } = odooAnswering(OPENED)
    // The store knows no such session, so that it refuses the grant.
    await expect(signIn({ odoo, tokens: bench.tokens }).answer).rejects.toThrow()
    expect(ended).toEqual([OPENED.odooSessionId])
  })
})
