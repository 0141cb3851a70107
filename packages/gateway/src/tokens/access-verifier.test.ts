import { describe, expect, test } from 'vitest'
import { createAccessVerifier } from './access-verifier.ts'
import { createGrantLiveness } from './grant-liveness.ts'
import { openSigningKeys } from './signing-keys.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench, TEST_ISSUER } from './testing/token-workbench.ts'

describe('a token that was verified before', () => {
  test('is not checked for its signature again, but for its end and its grant every time', async () => {
    await using bench = await openTokenWorkbench()
    const { store, sealer, clock } = bench
    const keys = await openSigningKeys({ store, sealer, clock })
    let lookups = 0
    const counting = {
      ...keys,
      findAnew(kid: string) {
        lookups += 1
        return keys.findAnew(kid)
      },
    }
    const verify = createAccessVerifier({
      keys: counting,
      liveness: createGrantLiveness({ store, clock }),
      clock,
      issuer: TEST_ISSUER,
    })
    const { accessToken, principal } = await bench.tokens.startGrant(demoSignIn())
    for (let call = 0; call < 5; call += 1) expect(await verify(accessToken)).toEqual(principal)
    expect(lookups).toBe(1)
    await bench.tokens.revokeGrant(principal.grantId, 'signed out')
    clock.advanceMs(2_000)
    expect(await codeOf(verify(accessToken))).toBe('token.invalid')
  })

  test('makes room when there are too many', async () => {
    await using bench = await openTokenWorkbench()
    const { store, sealer, clock } = bench
    const verify = createAccessVerifier({
      keys: await openSigningKeys({ store, sealer, clock }),
      liveness: createGrantLiveness({ store, clock, entriesMax: 2 }),
      clock,
      issuer: TEST_ISSUER,
      entriesMax: 2,
    })
    const grants = await Promise.all(Array.from({ length: 5 }, () => bench.tokens.startGrant(demoSignIn())))
    for (const { accessToken, principal } of [...grants, ...grants])
      expect(await verify(accessToken)).toEqual(principal)
  })

  test('expires while it is remembered', async () => {
    await using bench = await openTokenWorkbench({ accessTtlSeconds: 5 })
    const { accessToken } = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.verifyAccessToken(accessToken)
    bench.clock.advanceMs(4_999)
    await expect(bench.tokens.verifyAccessToken(accessToken)).resolves.toBeDefined()
    bench.clock.advanceMs(1)
    for (let call = 0; call < 2; call += 1) {
      expect(await codeOf(bench.tokens.verifyAccessToken(accessToken))).toBe('token.invalid')
    }
  })
})
