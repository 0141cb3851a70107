import { describe, expect, test } from 'vitest'
import { listAllSigningKeys } from '../store/signing-keys.ts'
import { KEY_OVERLAP_MS, keepSigningKeys, rotateSigningKey, takeOutOfUse } from './keep-signing-keys.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

const DAY_MS = 86_400_000

describe('signing keys by age', () => {
  test('a key that is old enough is followed by a new one, once, however many nodes look', async () => {
    await using bench = await openTokenWorkbench()
    const other = await bench.openNode()
    expect(await bench.tokens.keepKeys(90 * DAY_MS)).toEqual({ made: undefined, retired: [] })
    bench.clock.advanceMs(90 * DAY_MS)
    const done = await Promise.all([bench.tokens.keepKeys(90 * DAY_MS), other.keepKeys(90 * DAY_MS)])
    expect(done.filter(({ made }) => made !== undefined)).toHaveLength(1)
    await bench.tokens.reloadKeys()
    expect(bench.tokens.jwks().keys).toHaveLength(2)
  })

  test('the key before verifies until the last token that it signed is over, and is retired then', async () => {
    await using bench = await openTokenWorkbench({ accessTtlSeconds: 86_400 })
    bench.clock.advanceMs(90 * DAY_MS)
    const last = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.keepKeys(90 * DAY_MS)
    bench.clock.advanceMs(DAY_MS - 1_000)
    await bench.tokens.keepKeys(90 * DAY_MS)
    expect(await bench.tokens.verifyAccessToken(last.accessToken)).toEqual(last.principal)
    bench.clock.advanceMs(KEY_OVERLAP_MS)
    expect((await bench.tokens.keepKeys(90 * DAY_MS)).retired).toHaveLength(1)
    expect(bench.tokens.jwks().keys).toHaveLength(1)
  })
})

describe('signing keys by command', () => {
  test('a new key signs from then on, and a node that has not heard of it accepts its tokens', async () => {
    await using bench = await openTokenWorkbench()
    const other = await bench.openNode()
    const { store, sealer, clock } = bench
    clock.advanceMs(1)
    const kid = await rotateSigningKey({ store, sealer, clock })
    await bench.tokens.reloadKeys()
    const { accessToken, principal } = await bench.tokens.startGrant(demoSignIn())
    expect(kidOf(accessToken)).toBe(kid)
    clock.advanceMs(2_000)
    expect(await other.verifyAccessToken(accessToken)).toEqual(principal)
  })

  test('one that is taken out of use is refused with all of its tokens, remembered ones too', async () => {
    await using bench = await openTokenWorkbench()
    const { store, sealer, clock } = bench
    const before = await bench.tokens.startGrant(demoSignIn())
    await bench.tokens.verifyAccessToken(before.accessToken)
    clock.advanceMs(1)
    await rotateSigningKey({ store, sealer, clock })
    await takeOutOfUse(kidOf(before.accessToken), { store, sealer, clock })
    await bench.tokens.reloadKeys()
    expect(await codeOf(bench.tokens.verifyAccessToken(before.accessToken))).toBe('token.invalid')
    expect((await listAllSigningKeys(store.db)).map(({ retiredAtMs }) => retiredAtMs)).toEqual([
      undefined,
      clock.nowMs(),
    ])
  })

  test('the key that signs stays, and so does one that is not there', async () => {
    await using bench = await openTokenWorkbench()
    const { store, sealer, clock } = bench
    const [{ kid } = { kid: '' }] = await listAllSigningKeys(store.db)
    expect(await codeOf(takeOutOfUse(kid, { store, sealer, clock }))).toBe('signing_key.in_use')
    expect(await codeOf(takeOutOfUse('other', { store, sealer, clock }))).toBe('signing_key.unknown')
  })

  test('nothing is due right after', async () => {
    await using bench = await openTokenWorkbench()
    const { store, sealer, clock } = bench
    await rotateSigningKey({ store, sealer, clock })
    expect(await keepSigningKeys(DAY_MS, { store, sealer, clock })).toEqual({ made: undefined, retired: [] })
  })
})

function kidOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).kid
}
