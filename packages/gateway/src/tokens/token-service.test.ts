import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../kernel/clock.ts'
import { systemRandom } from '../kernel/random.ts'
import { openStore, type Store } from '../store/store.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { DEFAULT_TOKEN_LIFETIMES } from './lifetimes.ts'
import { createSealer, deriveMasterKey } from './sealer.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, TEST_ISSUER, TEST_SECRET } from './testing/token-workbench.ts'
import { createTokenService, type TokenService } from './token-service.ts'

const ROTATE_UNTIL_KILLED = fileURLToPath(new URL('./testing/rotate-until-killed.ts', import.meta.url))

/** After how many rotations a process is killed: more kills on request (`GATEHOUSE_TEST_KILLS=200`). */
const KILLS = Array.from(
  { length: Number(process.env.GATEHOUSE_TEST_KILLS ?? 3) },
  (_, number) => 1 + ((number * 13) % 40),
)

describe('the service', () => {
  test('accepts after a restart what it has issued before', async () => {
    await using temporary = await openTemporaryStore()
    const { store: before, at } = temporary
    const first = await (await serviceOver(before)).startGrant(demoSignIn())
    const second = await (await serviceOver(before)).rotate(first.refreshToken)
    await before.close()

    const after = await openStore({ at })
    const tokens = await serviceOver(after)
    expect(await tokens.verifyAccessToken(first.accessToken)).toEqual(first.principal)
    expect((await tokens.rotate(first.refreshToken)).refreshToken).toBe(second.refreshToken)
    const third = await tokens.rotate(second.refreshToken)
    expect(await codeOf(tokens.rotate(first.refreshToken))).toBe('token.invalid')
    expect(await tokens.verifyAccessToken(third.accessToken)).toEqual(first.principal)
    await after.close()
  })

  test.each(KILLS)(
    'loses no token that it acknowledged when it is killed during rotation %i',
    { timeout: 30_000 },
    async (rotations) => {
      await using temporary = await openTemporaryStore()
      const { store: before, at } = temporary
      const first = await (await serviceOver(before)).startGrant(demoSignIn())
      await before.close()

      const acknowledged = await killedAfter(rotations, [JSON.stringify(at), TEST_SECRET, first.refreshToken])
      expect(acknowledged.length).toBeGreaterThanOrEqual(rotations)

      const after = await openStore({ at })
      const tokens = await serviceOver(after)
      const last = acknowledged.at(-1) ?? ''
      const next = await tokens.rotate(last)
      expect(acknowledged).not.toContain(next.refreshToken)
      for (const used of [first.refreshToken, ...acknowledged.slice(0, -1)].slice(-3)) {
        expect(await codeOf(tokens.rotate(used))).toBe('token.invalid')
      }
      await expect(tokens.rotate(next.refreshToken)).resolves.toBeDefined()
      await after.close()
    },
  )

  test('gives two processes that rotate one token the same successor', { timeout: 30_000 }, async () => {
    await using temporary = await openTemporaryStore()
    const { store, at } = temporary
    const tokens = await serviceOver(store)
    const first = await tokens.startGrant(demoSignIn())
    const [here, there] = await Promise.all([
      tokens.rotate(first.refreshToken),
      killedAfter(1, [JSON.stringify(at), TEST_SECRET, first.refreshToken]),
    ])
    expect(there[0]).toBe(here.refreshToken)
  })
})

function serviceOver(store: Store): Promise<TokenService> {
  return createTokenService({
    store,
    sealer: createSealer({ masterKey: deriveMasterKey(TEST_SECRET), random: systemRandom }),
    clock: systemClock,
    random: systemRandom,
    issuer: TEST_ISSUER,
    // Wide enough for a machine that is busy with something else: these tests are not about the window.
    lifetimes: { ...DEFAULT_TOKEN_LIFETIMES, graceSeconds: 60 },
  })
}

/** Starts a process that rotates, kills it (SIGKILL) when it has acknowledged so many tokens, and answers them all. */
async function killedAfter(rotations: number, args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [ROTATE_UNTIL_KILLED, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === rotations) child.kill('SIGKILL')
  }
  return acknowledged
}
