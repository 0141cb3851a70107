import { describe, expect, test } from 'vitest'
import { ApiInput } from '../policy/api.ts'
import { apiDirectory } from '../policy/api-directory.ts'
import { compileApi } from '../policy/compile-api.ts'
import { refusalOf } from '../tokens/testing/refusal-of.ts'
import { chooseSignInDoor } from './choose-sign-in-door.ts'
import { factsOf, type RequestSketch } from './request-facts.fixture.ts'
import type { Account } from './throttle/account.ts'

const apis = apiDirectory(
  [
    { name: 'default', database: 'open' },
    { name: 'shop', database: 'bare' },
    { name: 'default', database: 'fenced', addresses: ['203.0.113.0/24'] },
  ].map((api) => compileApi(ApiInput.parse(api))),
)

const databases = { names: ['open', 'bare', 'fenced'], byHost: new Map<string, string>(), fallback: undefined }

/** Chooses the door of a sign-in; `counted`: what was counted for an account, `wrong`: how much for the address alone. */
function choose(request: RequestSketch) {
  const counted: [Account, string][] = []
  const wrong: string[] = []
  const throttle = {
    countWrong: async ({ address }: { readonly address: string }) => {
      wrong.push(address)
    },
    signIn: async <T>(account: Account, _by: unknown, check: () => Promise<T>, judge: (answer: T) => string) => {
      const answer = await check()
      counted.push([account, judge(answer)])
      return answer
    },
  }
  const deps = { databases, apis, observe: () => undefined, throttle }
  return { door: chooseSignInDoor(factsOf(request), { login: 'demo' }, deps), counted, wrong }
}

describe('a sign-in that leads nowhere is answered and counted like a wrong password', () => {
  test.each([
    ['to a database that is not configured', { body: { db: 'nowhere' } }],
    ['to one without a default API', { body: { db: 'bare' } }],
    ['to one that has not the API', { body: { db: 'bare' }, headers: { 'x-gatehouse-api': ['default'] } }],
  ])('%s', async (_name, request: RequestSketch & { readonly body: { readonly db: string } }) => {
    const { door, counted } = choose(request)
    const refusal = await refusalOf(door)
    expect(refusal).toMatchObject({ code: 'signin.denied', status: 401, message: 'Wrong login or password.' })
    expect(refusal.internal).toBeDefined()
    expect(counted).toEqual([[{ database: request.body.db, login: 'demo' }, 'unasked']])
  })
})

test.each([
  { database: 'fenced', address: '192.0.2.1', times: 1 },
  { database: 'fenced', address: '203.0.113.9', times: 0 },
  { database: 'open', address: '192.0.2.1', times: 0 },
])(
  'a sign-in to $database from $address is counted $times times for the address',
  async ({ database, address, times }) => {
    const { door, counted, wrong } = choose({ body: { db: database }, address })
    await expect(door).resolves.toMatchObject({ database })
    expect(wrong).toHaveLength(times)
    expect(counted).toEqual([])
  },
)
