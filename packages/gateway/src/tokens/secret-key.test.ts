import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { insertSigningKey } from '../store/signing-keys.ts'
import { KEY_OVERLAP_MS } from './keep-signing-keys.ts'
import { makeSecretKey } from './make-signing-key.ts'
import { codeOf } from './testing/refusal-of.ts'
import { createSeededRandom } from './testing/seeded-random.ts'
import { demoSignIn, openTokenWorkbench, type TokenWorkbench } from './testing/token-workbench.ts'

const SECRET = Buffer.alloc(32, 7)

/** Gives the API `shop` a secret of its own. */
async function withSecret(bench: TokenWorkbench): Promise<string> {
  const deps = { sealer: bench.sealer, clock: bench.clock, random: createSeededRandom(`secret ${bench.clock.nowMs()}`) }
  const key = makeSecretKey(SECRET, { database: 'demo', api: 'shop' }, deps)
  await insertSigningKey(bench.store.db, key)
  await bench.tokens.reloadKeys()
  return key.kid
}

const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))

describe('an API with a secret of its own (HS256)', () => {
  test('signs its tokens with it, so that its other side can verify them, and accepts them', async () => {
    await using bench = await openTokenWorkbench()
    const kid = await withSecret(bench)
    const { accessToken, principal } = await bench.tokens.startGrant(demoSignIn({ api: 'shop' }))
    const [header, claims, signature] = accessToken.split('.')
    expect(decode(header)).toEqual({ alg: 'HS256', typ: 'at+jwt', kid })
    expect(signature).toBe(createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url'))
    expect(await bench.tokens.verifyAccessToken(accessToken)).toEqual(principal)
  })

  test('is not published, and changes nothing for the others', async () => {
    await using bench = await openTokenWorkbench()
    await withSecret(bench)
    const { accessToken } = await bench.tokens.startGrant(demoSignIn())
    expect(decode(accessToken.split('.')[0]).alg).toBe('EdDSA')
    expect(bench.tokens.jwks().keys.map(({ alg }) => alg)).toEqual(['EdDSA'])
  })

  test('cannot make tokens of another API, nor with another algorithm', async () => {
    await using bench = await openTokenWorkbench()
    const kid = await withSecret(bench)
    const other = await bench.tokens.startGrant(demoSignIn())
    const [, claims = ''] = other.accessToken.split('.')
    for (const alg of ['HS256', 'HS512', 'EdDSA', 'none']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url')
      const signature = createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url')
      expect(await codeOf(bench.tokens.verifyAccessToken(`${header}.${claims}.${signature}`))).toBe('token.invalid')
    }
  })

  test('goes on verifying with the secret before, which is retired when its last token is over', async () => {
    await using bench = await openTokenWorkbench()
    const before = await withSecret(bench)
    bench.clock.advanceMs(1_000)
    const after = await withSecret(bench)
    expect((await bench.tokens.keepKeys(Number.POSITIVE_INFINITY)).retired).toEqual([])
    bench.clock.advanceMs(KEY_OVERLAP_MS)
    expect((await bench.tokens.keepKeys(Number.POSITIVE_INFINITY)).retired).toEqual([before])
    const { accessToken } = await bench.tokens.startGrant(demoSignIn({ api: 'shop' }))
    expect(decode(accessToken.split('.')[0]).kid).toBe(after)
  })

  test('has a secret of at least 256 bits', () => {
    const deps = {
      sealer: { keyId: '', seal: () => '', open: () => '' },
      clock: { nowMs: () => 0 },
      random: createSeededRandom('x'),
    }
    expect(() => makeSecretKey(Buffer.alloc(31), { database: 'demo', api: 'shop' }, deps)).toThrow(RangeError)
  })
})
