import { describe, expect, test } from 'vitest'
import type { Observation } from '../kernel/observation.ts'
import type { IssuedTokens } from '../tokens/issue.ts'
import { codeOf, refusalOf } from '../tokens/testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench, type TokenWorkbench } from '../tokens/testing/token-workbench.ts'
import { type RefreshDeps, renewAccess, rotateRefresh, signOut } from './refresh.ts'
import { refreshTokenOwner } from './refresh-token-owner.ts'
import { factsOf, type RequestSketch } from './request-facts.fixture.ts'

/** What a caller holds and claims. */
type Attempt = {
  readonly refresh: IssuedTokens
  /** Whose access token it is; `renewAccess` needs none. */
  readonly access: IssuedTokens
  readonly claimedUserId?: unknown
  readonly request?: RequestSketch
}

function requestOf({ refresh, claimedUserId, request }: Attempt) {
  return { facts: factsOf(request), token: refresh.refreshToken, claimedUserId }
}

async function renew(attempt: Attempt, deps: RefreshDeps) {
  return renewAccess(requestOf(attempt), await refreshTokenOwner(attempt.refresh.refreshToken, deps), deps)
}
const rotate = (attempt: Attempt, deps: RefreshDeps) =>
  rotateRefresh(requestOf(attempt), attempt.access.principal, deps)
const end = (attempt: Attempt, deps: RefreshDeps) => signOut(requestOf(attempt), attempt.access.principal, deps)

const CALLS = [
  { name: 'renewAccess', call: renew },
  { name: 'rotateRefresh', call: rotate },
  { name: 'signOut', call: end },
]

function depsOver({ tokens }: TokenWorkbench): { deps: RefreshDeps; observed: Observation[] } {
  const observed: Observation[] = []
  const observe = (observation: Observation) => {
    observed.push(observation)
  }
  return { deps: { tokens, observe, allowedClients: new Set(['odoo-jwt', 'send-request']) }, observed }
}

/** A first rotation: nothing has been used up, and the grant lives. */
async function expectUntouched({ tokens, events }: TokenWorkbench, { refreshToken }: IssuedTokens): Promise<void> {
  await tokens.rotate(refreshToken)
  expect(events.at(-1)).toMatchObject({ kind: 'token_refreshed', by: 'rotation' })
}

describe.each(CALLS)('$name', ({ call }) => {
  test.each([{ claimedUserId: undefined }, { claimedUserId: null }, { claimedUserId: 6 }, { claimedUserId: '6' }])(
    'serves the user of the token who claims to be $claimedUserId',
    async ({ claimedUserId }) => {
      await using bench = await openTokenWorkbench()
      const { deps, observed } = depsOver(bench)
      const issued = await bench.tokens.startGrant(demoSignIn({ uid: 6 }))
      await call({ refresh: issued, access: issued, claimedUserId }, deps)
      expect(observed).toEqual([])
    },
  )

  test.each([7, '7', '6 ', 6.5, true, [6], {}])('refuses and audits the claim to be user %j', async (claimedUserId) => {
    await using bench = await openTokenWorkbench()
    const { deps, observed } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn({ uid: 6 }))
    const refusal = await refusalOf(call({ refresh: issued, access: issued, claimedUserId }, deps))
    expect(refusal).toMatchObject({ code: 'user.contradiction', status: 401 })
    expect(observed).toEqual([
      {
        kind: 'token_contradiction',
        reason: 'user',
        database: 'demo',
        uid: 6,
        grantId: issued.principal.grantId,
        address: '192.0.2.1',
        requestId: 'req_1',
      },
    ])
    await expectUntouched(bench, issued)
  })

  test('refuses the refresh token of a client that has no business here', async () => {
    await using bench = await openTokenWorkbench()
    const { deps } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn({ clientId: 'an-oauth-client', surface: 'oauth' }))
    const refusal = await refusalOf(call({ refresh: issued, access: issued }, deps))
    expect(refusal).toMatchObject({ code: 'token.invalid', status: 401 })
    await expectUntouched(bench, issued)
  })

  test('refuses what is no refresh token of ours', async () => {
    await using bench = await openTokenWorkbench()
    const { deps } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn())
    const refresh = { ...issued, refreshToken: issued.accessToken }
    expect(await codeOf(call({ refresh, access: issued }, deps))).toBe('token.invalid')
  })
})

describe.each(CALLS.slice(1))('$name', ({ call }) => {
  test('refuses and audits an access token of another grant, of the same user too', async () => {
    await using bench = await openTokenWorkbench()
    const { deps, observed } = depsOver(bench)
    const mine = await bench.tokens.startGrant(demoSignIn())
    const other = await bench.tokens.startGrant(demoSignIn())
    const refusal = await refusalOf(call({ refresh: other, access: mine }, deps))
    expect(refusal).toMatchObject({ code: 'grant.contradiction', status: 401 })
    expect(observed).toMatchObject([{ reason: 'grant', grantId: mine.principal.grantId }])
    await expectUntouched(bench, mine)
    await expectUntouched(bench, other)
  })
})

describe('renewAccess', () => {
  test.each([
    { named: { headers: { db: ['other'] } }, code: 'database.contradiction' },
    { named: { headers: { 'x-gatehouse-api': ['other'] } }, code: 'api.contradiction' },
  ])('refuses a request that says otherwise than the token: $code', async ({ named, code }) => {
    await using bench = await openTokenWorkbench()
    const { deps } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn())
    expect(await codeOf(renew({ refresh: issued, access: issued, request: named }, deps))).toBe(code)
  })

  test('leaves the refresh token as it is', async () => {
    await using bench = await openTokenWorkbench()
    const { deps } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn())
    const { accessToken } = await renew({ refresh: issued, access: issued }, deps)
    expect(await bench.tokens.verifyAccessToken(accessToken)).toEqual(issued.principal)
    await expectUntouched(bench, issued)
  })
})

describe('signOut', () => {
  test('ends the grant and names its client', async () => {
    await using bench = await openTokenWorkbench()
    const { deps } = depsOver(bench)
    const issued = await bench.tokens.startGrant(demoSignIn({ clientId: 'send-request', surface: 'send-request' }))
    expect(await end({ refresh: issued, access: issued }, deps)).toEqual({ clientId: 'send-request' })
    expect(bench.events.at(-1)).toMatchObject({ kind: 'grant_ended', reason: 'signed_out' })
    expect(await codeOf(bench.tokens.verifyAccessToken(issued.accessToken))).toMatch(/^(token\.invalid|grant\.ended)$/)
  })
})
