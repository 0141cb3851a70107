import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { type JsonMembers, objectOf } from './json-reading.ts'

/** The readable parts of a JWT (RFC 7519); the signature is not looked at. */
export type ReadableJwt = { readonly header: JsonMembers; readonly claims: JsonMembers; readonly signature: string }

/** Takes a JWT apart. */
export function readJwt(token: string): ReadableJwt {
  const [header = '', claims = '', signature = ''] = token.split('.')
  return { header: decode(header), claims: decode(claims), signature }
}

/** Puts header and claims together with a signature that is given, for forgeries. */
export function writeJwt(header: object, claims: object, signature: string): string {
  return `${encode(header)}.${encode(claims)}.${signature}`
}

/** Signs with an Ed25519 key that nobody knows (RFC 8037). */
export function signWithStrangeKey(header: object, claims: object): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

/** Signs with HMAC-SHA-256 and a secret of the forger's choice. */
export function signWithSecret(header: object, claims: object, secret: string): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): JsonMembers {
  return objectOf(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
}
