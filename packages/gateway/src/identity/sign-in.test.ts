import { describe, expect, test } from 'vitest'
import type { Observation } from '../kernel/observation.ts'
import { ApiInput } from '../policy/api.ts'
import { compileApi } from '../policy/compile-api.ts'
import { codeOf, refusalOf } from '../tokens/testing/refusal-of.ts'
import { openTokenWorkbench } from '../tokens/testing/token-workbench.ts'
import type { OpenedSession, SessionRefusal } from '../upstream/odoo-sessions.ts'
import { factsOf } from './request-facts.fixture.ts'
import { type SignInDeps, signInWithPassword } from './sign-in.ts'

const CREDENTIALS = { login: 'demo', password: 'correct horse' }
const BY = { surface: 'odoo-jwt', clientId: 'odoo-jwt' }
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
function odooAnswering(answer: OpenedSession | SessionRefusal, end: () => Promise<void> = async () => {}) {
  const opened: unknown[] = []
  const ended: string[] = []
  const odoo: SignInDeps['odoo'] = {
    open: async (...asked) => {
      opened.push(asked)
      return answer
    },
    end: (odooSessionId) => {
      ended.push(odooSessionId)
      return end()
    },
  }
  return { odoo, opened, ended }
}

function signIn(deps: Omit<SignInDeps, 'observe'>, waysIn: readonly string[] = ['password']) {
  const observed: Observation[] = []
  const observe = (observation: Observation) => {
    observed.push(observation)
  }
  const request = factsOf({ headers: { 'user-agent': ['curl/8.0'] } })
  const answer = signInWithPassword(request, doorOf(waysIn), CREDENTIALS, BY, { ...deps, observe })
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
    { kind: 'second_factor', code: 'signin.second_factor', status: 401 },
    { kind: 'cooldown', code: 'signin.cooldown', status: 503 },
  ] as const)('$kind is $status $code, and observed without the login', async ({ kind, code, status }) => {
    const { odoo } = odooAnswering({ kind })
    const { answer, observed } = signIn({ odoo, tokens: noTokens })
    expect(await refusalOf(answer)).toMatchObject({ code, status })
    expect(observed).toMatchObject([{ kind: 'sign_in_refused', reason: kind }])
    expect(JSON.stringify(observed)).not.toMatch(/correct horse|"login"/)
  })

  test('an API without passwords never shows one to Odoo', async () => {
    const { odoo, opened } = odooAnswering(OPENED)
    expect(await codeOf(signIn({ odoo, tokens: noTokens }, []).answer)).toBe('api.way_in_closed')
    expect(opened).toEqual([])
  })
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
