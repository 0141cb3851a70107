import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import type { IssuedAccess, IssuedTokens } from './issue.ts'
import { demoSignIn, openTokenWorkbench, type TokenWorkbench } from './testing/token-workbench.ts'

/** What a client, a thief or time may do next. `pick` chooses among all the tokens that the grant ever had. */
type Step =
  | { readonly kind: 'rotate' | 'access'; readonly pick: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'sweep' }

/** The rules of the contract over a plain list, without a store: what the service is compared with. */
type ModelToken = {
  readonly text: string
  readonly endMs: number
  used?: { readonly graceUntilMs: number; readonly successor: ModelToken }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('rotate' as const), pick: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('access' as const), pick: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 4_000, 9_999, 10_000, 1_900_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
)

test('whatever a client, a thief and time do in whatever order, each token works as the contract says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      await using bench = await openTokenWorkbench({ grantMaxLifeSeconds: 7_200 })
      await play(bench, steps)
    }),
    { numRuns: 60, seed: 20261121 },
  )
}, 60_000)

async function play(bench: TokenWorkbench, steps: readonly Step[]): Promise<void> {
  const { tokens, clock } = bench
  const first = await tokens.startGrant(demoSignIn())
  const grantEndMs = clock.nowMs() + 7_200_000
  const chain: ModelToken[] = [{ text: first.refreshToken, endMs: first.refreshExpiresAtMs }]
  let ended = false

  for (const step of steps) {
    const nowMs = clock.nowMs()
    if (step.kind === 'wait') {
      clock.advanceMs(step.ms)
      continue
    }
    if (step.kind === 'sweep') {
      await tokens.sweep(100)
      if (nowMs >= Math.min(grantEndMs, (chain.at(-1)?.endMs ?? 0) + 60_000)) ended = true
      continue
    }
    const token = chain[step.pick % chain.length]
    if (token === undefined) throw new Error('The chain is never empty.')
    const verdict = ended || nowMs >= grantEndMs ? 'refused' : judge(token, step.kind, nowMs)
    const call = step.kind === 'rotate' ? tokens.rotate(token.text) : tokens.accessFromRefresh(token.text)
    const answer: string | (IssuedAccess & Partial<IssuedTokens>) = await call.catch(codeOfRefusal)

    if (verdict === 'refused' || verdict === 'reused') {
      expect(answer).toBe(verdict)
      if (verdict === 'reused') ended = true
      continue
    }
    if (typeof answer === 'string') throw new Error(`${answer}, although it should have been accepted`)
    await expect(tokens.verifyAccessToken(answer.accessToken)).resolves.toEqual(first.principal)
    if (answer.refreshToken === undefined) continue
    if (verdict === 'new') {
      const successor = { text: answer.refreshToken, endMs: Math.min(nowMs + 3_600_000, grantEndMs) }
      expect(chain.map((known) => known.text)).not.toContain(successor.text)
      expect(answer.refreshExpiresAtMs).toBe(successor.endMs)
      token.used = { graceUntilMs: nowMs + 10_000, successor }
      chain.push(successor)
    } else {
      expect(answer.refreshToken).toBe(token.used?.successor.text)
    }
  }
  const alive = await tokens.verifyAccessToken(first.accessToken).catch(() => undefined)
  if (ended) expect(alive).toBeUndefined()
}

function judge(token: ModelToken, wish: 'rotate' | 'access', nowMs: number): 'new' | 'same' | 'refused' | 'reused' {
  if (token.used === undefined) return nowMs < token.endMs ? 'new' : 'refused'
  if (nowMs >= token.used.graceUntilMs) return 'reused'
  if (wish === 'access') return 'same'
  const { successor } = token.used
  return successor.used === undefined && nowMs < successor.endMs ? 'same' : 'refused'
}

function codeOfRefusal(error: unknown): string {
  if (!(error instanceof GatehouseError)) throw error
  return error.code === 'token.reused' ? 'reused' : 'refused'
}
