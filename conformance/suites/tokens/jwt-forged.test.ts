import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { readJwt, signWithSecret, signWithStrangeKey, writeJwt } from '../../harness/jwt.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { readProtected, type Session, signIn, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let admin: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
  admin = await signIn(target.url, target.users.admin)
})

describe('an access token that was made or changed by somebody else: 401', () => {
  const cases: [string, (token: string) => string][] = [
    ['alg none, no signature (RFC 8725 §3.1)', (token) => restated(token, { alg: 'none' }, '')],
    ['alg None in other letters', (token) => restated(token, { alg: 'nOnE' }, '')],
    ['alg none with the old signature', (token) => restated(token, { alg: 'none' })],
    ['no alg', (token) => restated(token, { alg: undefined })],
    ['the kid of no key', (token) => restated(token, { kid: randomUUID() })],
    ['no kid', (token) => restated(token, { kid: undefined })],
    ['a kid that is a path', (token) => restated(token, { kid: '../../../dev/null' })],
    ['another typ', (token) => restated(token, { typ: 'JWT' })],
    [
      'a key in its own header',
      (token) => signWithStrangeKey({ ...readJwt(token).header, jwk: { kty: 'OKP' } }, readJwt(token).claims),
    ],
    ['a strange Ed25519 key', (token) => signWithStrangeKey(readJwt(token).header, readJwt(token).claims)],
    ['HS256 with an empty secret', (token) => hmac(token, '')],
    ['HS256 with the kid as the secret', (token) => hmac(token, String(readJwt(token).header.kid))],
    ['another user', (token) => claiming(token, { uid: 2, sub: '2', login: 'admin' })],
    ['another database', (token) => claiming(token, { db: 'other' })],
    ['another audience', (token) => claiming(token, { aud: 'https://other.example' })],
    ['a longer life', (token) => claiming(token, { exp: 4_102_444_800 })],
    ['the signature cut off', (token) => token.slice(0, token.lastIndexOf('.') + 1)],
    ['two parts', (token) => token.slice(0, token.lastIndexOf('.'))],
    ['one character less', (token) => token.slice(0, -1)],
    ['half of it', (token) => token.slice(0, token.length / 2)],
    ['one part more', (token) => `${token}.x`],
    ['a changed signature', (token) => `${token.slice(0, -8)}AAAAAAAA`],
    ['random text', () => randomUUID()],
    ['three random parts', () => `${randomUUID()}.${randomUUID()}.${randomUUID()}`],
    ['dots', () => '..'],
    [
      'parts that are no objects',
      () => `${Buffer.from('[]').toString('base64url')}.${Buffer.from('1').toString('base64url')}.x`,
    ],
    ['8 KB of text', () => 'A'.repeat(8_000)],
  ]

  test.each(cases)('%s', async (_name, forge) => {
    const forged = forge(session.token)
    expectUnauthorized(await useToken(target.url, forged))
    expectUnauthorized(await readProtected(target.url, { access_token: forged }))
  })

  test('the signature of one token under the claims of another', async () => {
    const mixed = `${admin.token.split('.').slice(0, 2).join('.')}.${readJwt(session.token).signature}`
    expectUnauthorized(await useToken(target.url, mixed))
  })

  test('the token itself still works after all that', async () => {
    expect((await useToken(target.url, await session.bearer())).status).toBe(200)
  })
})

/** The token with other members in its header. */
function restated(token: string, header: object, signature = readJwt(token).signature): string {
  const parts = readJwt(token)
  return writeJwt({ ...parts.header, ...header }, parts.claims, signature)
}

/** The token with other claims, under its old signature. */
function claiming(token: string, claims: object): string {
  const parts = readJwt(token)
  return writeJwt(parts.header, { ...parts.claims, ...claims }, parts.signature)
}

function hmac(token: string, secret: string): string {
  const { header, claims } = readJwt(token)
  return signWithSecret({ ...header, alg: 'HS256' }, claims, secret)
}
