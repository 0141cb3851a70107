import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { CompactSign, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { listSigningKeys } from '../store/signing-keys.ts'
import { refusalOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench, TEST_ISSUER, type TokenWorkbench } from './testing/token-workbench.ts'

describe('a forged or foreign token is refused', () => {
  type Forge = (bench: TokenWorkbench, genuine: Genuine) => Promise<string> | string
  type Genuine = { readonly token: string; readonly header: object; readonly claims: object; readonly refresh: string }

  const cases: readonly { readonly name: string; readonly forge: Forge; readonly because: string }[] = [
    {
      name: 'alg none',
      forge: (_, { claims, header }) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
      because: 'malformed',
    },
    {
      name: 'alg none with the genuine signature',
      forge: (_, { claims, header, token }) =>
        `${encode({ ...header, alg: 'none' })}.${encode(claims)}.${signature(token)}`,
      because: 'ERR_JOSE_ALG_NOT_ALLOWED',
    },
    {
      name: 'HS512 with the public key as its secret (RFC 8725 §2.1)',
      forge: (bench, { claims, header }) => {
        const [jwk] = bench.tokens.jwks().keys
        return hmacSigned({ ...header, alg: 'HS512' }, claims, Buffer.from(jwk?.x ?? '', 'base64url'))
      },
      because: 'ERR_JOSE_ALG_NOT_ALLOWED',
    },
    {
      name: 'HS512 with the JWKS text as its secret',
      forge: (bench, { claims, header }) =>
        hmacSigned({ ...header, alg: 'HS512' }, claims, Buffer.from(JSON.stringify(bench.tokens.jwks()))),
      because: 'ERR_JOSE_ALG_NOT_ALLOWED',
    },
    {
      // All of it is genuine but the name, so that nothing except the pinned algorithm refuses it.
      name: 'our own signature under another name of its algorithm (RFC 9864 §2.2)',
      forge: (bench, { claims, header }) => signedByUs(bench, claims, { ...header, alg: 'Ed25519' }),
      because: 'ERR_JOSE_ALG_NOT_ALLOWED',
    },
    {
      name: 'another key under our kid',
      forge: (_, { claims, header }) => signedByStranger(claims, header),
      because: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    },
    {
      name: 'another key under its own kid',
      forge: (_, { claims, header }) => signedByStranger(claims, { ...header, kid: 'stranger' }),
      because: 'ERR_JWKS_NO_MATCHING_KEY',
    },
    {
      name: 'a key in its own header, under our kid (RFC 8725 §3.10)',
      forge: (_, { claims, header }) => signedByKeyInHeader(claims, header),
      because: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    },
    {
      name: 'a key in its own header, under no kid',
      forge: (_, { claims }) => signedByKeyInHeader(claims, { typ: 'at+jwt' }),
      because: 'ERR_JWKS_NO_MATCHING_KEY',
    },
    {
      name: 'the address of its key in its own header',
      forge: (_, { claims }) =>
        signedByStranger(claims, { typ: 'at+jwt', kid: 'stranger', jku: 'https://attacker.example/jwks.json' }),
      because: 'ERR_JWKS_NO_MATCHING_KEY',
    },
    {
      name: 'no kid',
      forge: (bench, { claims }) => signedByUs(bench, claims, { typ: 'at+jwt' }),
      because: 'ERR_JWKS_NO_MATCHING_KEY',
    },
    {
      name: 'a kid of a prototype',
      forge: (bench, { claims, header }) => signedByUs(bench, claims, { ...header, kid: '__proto__' }),
      because: 'ERR_JWKS_NO_MATCHING_KEY',
    },
    {
      name: 'the type JWT',
      forge: (bench, { claims, header }) => signedByUs(bench, claims, { ...header, typ: 'JWT' }),
      because: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    },
    {
      name: 'no type',
      forge: (bench, { claims, header }) => signedByUs(bench, claims, { ...header, typ: undefined }),
      because: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    },
    {
      name: 'a critical header that we do not know (RFC 7515 §4.1.11)',
      forge: (bench, { claims, header }) => signedByUs(bench, claims, { ...header, crit: ['x'], x: 1 }, { x: true }),
      because: 'ERR_JOSE_NOT_SUPPORTED',
    },
    {
      name: 'another issuer',
      forge: resigned({ iss: 'https://attacker.example' }),
      because: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    },
    { name: 'no issuer', forge: resigned({ iss: undefined }), because: 'ERR_JWT_CLAIM_VALIDATION_FAILED' },
    {
      name: 'another API as its audience',
      forge: resigned({ aud: `${TEST_ISSUER}/shop` }),
      because: 'does not fit its grant',
    },
    { name: 'the issuer as its audience', forge: resigned({ aud: TEST_ISSUER }), because: 'does not fit its grant' },
    {
      name: 'several audiences',
      forge: resigned({ aud: [`${TEST_ISSUER}/default`, `${TEST_ISSUER}/shop`] }),
      because: 'a claim is missing',
    },
    { name: 'no audience', forge: resigned({ aud: undefined }), because: 'a claim is missing' },
    { name: 'no end', forge: resigned({ exp: undefined }), because: 'a claim is missing' },
    { name: 'an end that is text', forge: resigned({ exp: '9999999999' }), because: 'ERR_JWT_CLAIM_VALIDATION_FAILED' },
    { name: 'an end in the past', forge: resigned({ exp: 1 }), because: 'ERR_JWT_EXPIRED' },
    { name: 'another user', forge: resigned({ uid: 2, sub: '2' }), because: 'does not fit its grant' },
    { name: 'another user in sub only', forge: resigned({ sub: '2' }), because: 'does not fit its grant' },
    { name: 'another user in uid only', forge: resigned({ uid: 2 }), because: 'does not fit its grant' },
    { name: 'a uid that is text', forge: resigned({ uid: '6' }), because: 'a claim is missing' },
    { name: 'another login', forge: resigned({ login: 'admin' }), because: 'does not fit its grant' },
    { name: 'another database', forge: resigned({ db: 'production' }), because: 'does not fit its grant' },
    { name: 'another client', forge: resigned({ client_id: 'console' }), because: 'does not fit its grant' },
    { name: 'a grant that is not there', forge: resigned({ sid: 'gr_none' }), because: 'over or unknown' },
    { name: 'no grant', forge: resigned({ sid: undefined }), because: 'a claim is missing' },
    {
      name: 'the grant of another user',
      forge: async (bench, genuine) => {
        const admin = await bench.tokens.startGrant(demoSignIn({ uid: 2, login: 'admin' }))
        return resigned({ sid: admin.principal.grantId })(bench, genuine)
      },
      because: 'does not fit its grant',
    },
    {
      name: 'changed claims under the genuine signature',
      forge: (_, { token, claims }) => `${token.split('.')[0]}.${encode({ ...claims, uid: 2 })}.${signature(token)}`,
      because: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    },
    { name: 'a signature cut by one character', forge: (_, { token }) => token.slice(0, -1), because: 'malformed' },
    {
      name: 'no signature',
      forge: (_, { token }) => token.slice(0, token.lastIndexOf('.') + 1),
      because: 'malformed',
    },
    { name: 'two parts only', forge: (_, { token }) => token.slice(0, token.lastIndexOf('.')), because: 'malformed' },
    { name: 'half of itself', forge: (_, { token }) => token.slice(0, token.length / 2), because: 'malformed' },
    { name: 'a space at its end', forge: (_, { token }) => `${token} `, because: 'malformed' },
    {
      name: 'another spelling of the same signature',
      forge: (_, { token }) => token.slice(0, -1) + { A: 'B', Q: 'R', g: 'h', w: 'x' }[token.slice(-1)],
      because: 'malformed',
    },
    { name: 'a part too many', forge: (_, { token }) => `${token}.x`, because: 'malformed' },
    { name: 'nothing', forge: () => '', because: 'malformed' },
    { name: 'dots', forge: () => '..', because: 'malformed' },
    {
      name: 'a list as its claims',
      forge: async (bench, { header }) => {
        const payload = new TextEncoder().encode('[]')
        return new CompactSign(payload).setProtectedHeader({ ...header, alg: 'EdDSA' }).sign(await ourKey(bench))
      },
      because: 'ERR_JWT_INVALID',
    },
    { name: 'a megabyte', forge: () => 'x'.repeat(1_000_000), because: 'malformed' },
    { name: 'NUL and lone surrogates', forge: () => '\u0000.\ud800.\udfff', because: 'malformed' },
    { name: 'the refresh token', forge: (_, { refresh }) => refresh, because: 'malformed' },
  ]

  test.each(cases)('$name', async ({ forge, because }) => {
    await using bench = await openTokenWorkbench()
    const issued = await bench.tokens.startGrant(demoSignIn())
    const genuine: Genuine = {
      token: issued.accessToken,
      header: decodeProtectedHeader(issued.accessToken),
      claims: decodeJwt(issued.accessToken),
      refresh: issued.refreshToken,
    }
    const forged = await forge(bench, genuine)
    expect(forged).not.toBe(genuine.token)
    // On a node that has seen the genuine token, and on one that has not.
    await bench.tokens.verifyAccessToken(genuine.token)
    for (const node of [bench.tokens, await bench.openNode()]) {
      const refusal = await refusalOf(node.verifyAccessToken(forged))
      expect(refusal).toMatchObject({ code: 'token.invalid', status: 401, word: 'invalid_token' })
      // The check that is meant refuses it, and not one that happens to come before.
      expect(refusal.internal).toContain(because)
      expect(refusal.message).toBe(
        'The token is invalid or has expired: renew it with the refresh token, or sign in again.',
      )
      if (forged.length > 8) expect(`${refusal.internal} ${refusal.stack}`).not.toContain(forged)
    }
    await expect(bench.tokens.verifyAccessToken(genuine.token)).resolves.toMatchObject({ uid: 6 })
  })

  test('and whatever else is sent, by the same error and no other', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken } = await bench.tokens.startGrant(demoSignIn())
    const mangled = fc
      .tuple(fc.nat(accessToken.length - 1), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, put]) => accessToken.slice(0, at) + put + accessToken.slice(at + 1))
      .filter((token) => token !== accessToken)
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), mangled), async (token) => {
        const outcome = await bench.tokens.verifyAccessToken(token).catch((error: unknown) => error)
        expect(outcome).toBeInstanceOf(GatehouseError)
        expect(outcome).toHaveProperty('code', 'token.invalid')
      }),
      { numRuns: 300, seed: 20261121 },
    )
  })

  test('the same tokens that are changed above pass when nothing is changed', async () => {
    await using bench = await openTokenWorkbench()
    const { accessToken, refreshToken } = await bench.tokens.startGrant(demoSignIn())
    const genuine = {
      token: accessToken,
      header: decodeProtectedHeader(accessToken),
      claims: decodeJwt(accessToken),
      refresh: refreshToken,
    }
    const copy = await resigned({ jti: 'copy' })(bench, genuine)
    await expect(bench.tokens.verifyAccessToken(copy)).resolves.toMatchObject({ uid: 6 })
  })

  /** Signs changed claims with our own key: what only the checks after the signature can refuse. */
  function resigned(changes: Record<string, unknown>): Forge {
    return (bench, { claims, header }) => signedByUs(bench, { ...claims, ...changes }, header)
  }
})

/** Signs with our own key; `crit` lets the header name extensions that a verifier must understand. */
async function signedByUs(
  bench: TokenWorkbench,
  claims: object,
  header: object,
  crit: Record<string, boolean> = {},
): Promise<string> {
  const protectedHeader = { alg: 'EdDSA', ...header }
  return new SignJWT({ ...claims }).setProtectedHeader(protectedHeader).sign(await ourKey(bench), { crit })
}

async function ourKey(bench: TokenWorkbench) {
  const [key] = await listSigningKeys(bench.store.db)
  if (key === undefined) throw new Error('no key')
  const jwk = JSON.parse(bench.sealer.open(`signing_key.sealed_private:${key.kid}`, key.sealedPrivate))
  return importJWK(jwk, 'EdDSA')
}

async function signedByStranger(claims: object, header: object): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(privateKey)
}

/** Signs with a stranger's key and hands that key over as `jwk` (RFC 7515 §4.1.3): the signature fits it. */
async function signedByKeyInHeader(claims: object, header: object): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const withKey = { alg: 'EdDSA', ...header, jwk: await exportJWK(publicKey) }
  return new SignJWT({ ...claims }).setProtectedHeader(withKey).sign(privateKey)
}

/** SHA-512, because its signature is as long as one of Ed25519: a shorter one is refused for its length alone. */
function hmacSigned(header: object, claims: object, secret: Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createHmac('sha512', secret).update(input).digest('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function signature(token: string): string {
  return token.slice(token.lastIndexOf('.') + 1)
}
