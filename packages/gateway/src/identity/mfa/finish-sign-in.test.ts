import { expect, test } from 'vitest'
import { hashSecret } from '../../kernel/hash.ts'
import { ApiInput } from '../../policy/api.ts'
import { compileApi } from '../../policy/compile-api.ts'
import { codeOf } from '../../tokens/testing/refusal-of.ts'
import { factsOf } from '../request-facts.fixture.ts'
import { type FinishSignInDeps, finishSignIn } from './finish-sign-in.ts'

const CHALLENGE = {
  ...{ hash: hashSecret('mfa_x'), database: 'demo', login: 'totp', api: 'default', surface: 'odoo-jwt' },
  ...{ clientId: 'odoo-jwt', browser: false },
  half: { sessionId: 'h'.repeat(84), csrfToken: 'csrf', method: 'totp' },
} as const

/** Sends a code through an API; answers the code of the refusal and how often Odoo was shown it. */
async function finishThrough(waysIn: readonly string[]) {
  let shown = 0
  const never = () => Promise.reject(new TypeError('no session is to be opened'))
  const deps: FinishSignInDeps = {
    odoo: {
      finish: async () => {
        shown += 1
        return { kind: 'wrong_code' }
      },
      end: never,
    },
    throttle: { signIn: (_account, _by, check) => check(), succeeded: never },
    challenges: { takeTry: async () => true, use: never },
    ...{ devices: { trust: never }, tokens: { startGrant: never }, observe: () => undefined },
  }
  const door = { database: 'demo', api: compileApi(ApiInput.parse({ name: 'default', database: 'demo', waysIn })) }
  const code = await codeOf(finishSignIn(factsOf(), CHALLENGE, door, { code: '123456', remember: false }, deps))
  return { code, shown }
}

test('an API that has ceased to take passwords finishes no sign-in that began with one', async () => {
  expect(await finishThrough(['password'])).toEqual({ code: 'mfa.refused', shown: 1 })
  expect(await finishThrough(['api_key'])).toEqual({ code: 'api.way_in_closed', shown: 0 })
})
