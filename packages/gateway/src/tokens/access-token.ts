import { errors, type JWTHeaderParameters, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { isForAdministration } from '../kernel/administration-scope.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import type { Grant } from '../store/grants.ts'
import { tokenErrors } from './errors.ts'
import { SECRET_ALGORITHM, SIGNING_ALGORITHM } from './make-signing-key.ts'
import type { KeyForVerifying, SigningKeys } from './signing-keys.ts'

/** The type of an access token, in its header (RFC 9068 §2.1): no other JWT of ours passes for one. */
const TOKEN_TYPE = 'at+jwt'

/** Longer ones are refused unread. Ours have some 700 characters; a header of 16 KiB could not carry more. */
const TOKEN_LENGTH_MAX = 8_192

/**
 * Three parts of base64url, the last an Ed25519 signature (64 bytes in 86 characters, of which the last carries two bits)
 * or that of a secret (32 bytes in 43 characters, the last with four bits). jose decodes more spellings than this one
 * (spaces, other unused bits); one token has one spelling here.
 */
const TOKEN_SHAPE = /^[\w-]+\.[\w-]+\.(?:[\w-]{85}[AQgw]|[\w-]{42}[AEIMQUYcgkosw048])$/

/** A signed access token and its end. */
export type AccessToken = { readonly token: string; readonly expiresAtMs: number }

/** What an access token says, after its signature, type, issuer and end were checked. */
export type AccessClaims = {
  readonly audience: string
  readonly subject: string
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly clientId: string
  readonly grantId: string
  readonly expiresAtMs: number
}

/** The audience of an API's tokens: its address as a resource (RFC 8707 §2). */
export function audienceOf(issuer: string, api: string): string {
  return `${issuer}/${api}`
}

/** Signs an access token for a grant (RFC 9068 §2.2). It ends after `ttlSeconds`, never later than the grant. */
export async function mintAccessToken(options: MintOptions, grant: Grant): Promise<AccessToken> {
  const { keys, issuer, random, nowMs, ttlSeconds } = options
  const issuedAt = Math.floor(nowMs / 1000)
  const expiresAt = Math.min(issuedAt + ttlSeconds, Math.floor(grant.expiresAtMs / 1000))
  // Who knows the secret of an API could sign for its administrators.
  const signer = isForAdministration(grant) ? keys.signingPair() : keys.signingFor(grant.database, grant.api)
  const { kid, algorithm, key } = signer
  const token = await new SignJWT({
    iss: issuer,
    aud: audienceOf(issuer, grant.api),
    sub: String(grant.uid),
    db: grant.database,
    uid: grant.uid,
    login: grant.login,
    scope: grant.scopes.join(' '),
    client_id: grant.clientId,
    sid: grant.id,
    jti: newId('at', random),
    iat: issuedAt,
    exp: expiresAt,
  })
    .setProtectedHeader({ alg: algorithm, typ: TOKEN_TYPE, kid })
    .sign(key)
  return { token, expiresAtMs: expiresAt * 1000 }
}

/** What an access token is signed with. */
export type MintOptions = {
  readonly keys: SigningKeys
  readonly issuer: string
  readonly random: Random
  readonly nowMs: number
  readonly ttlSeconds: number
}

/**
 * Checks all of an access token that can be checked without the store: algorithm, type, key, signature, issuer, end.
 *
 * The end is exact: no leeway for clocks that differ, because Gatehouse itself issues what it verifies, and a leeway
 * would lengthen a stolen token's life. `iat` is not compared with the clock, so that a node whose clock is behind
 * accepts what another has just issued.
 *
 * @throws `token.invalid`, with the reason for the log only.
 */
export async function readAccessToken(options: ReadOptions, token: string): Promise<SignedClaims> {
  const { keys, issuer, nowMs } = options
  if (token.length > TOKEN_LENGTH_MAX || !TOKEN_SHAPE.test(token)) {
    throw tokenErrors['token.invalid']({ internal: 'access token: malformed' })
  }
  let payload: JWTPayload
  let signedBy: KeyForVerifying | undefined
  const keyFor = async (header: JWTHeaderParameters) => {
    signedBy = await verifyingKey(keys, header)
    return signedBy.key
  }
  try {
    const verified = await jwtVerify(token, keyFor, {
      algorithms: [SIGNING_ALGORITHM, SECRET_ALGORITHM],
      typ: TOKEN_TYPE,
      issuer,
      clockTolerance: 0,
      currentDate: new Date(nowMs),
    })
    payload = verified.payload
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause
    throw tokenErrors['token.invalid']({ internal: `access token: ${cause.code}`, cause })
  }
  if (signedBy === undefined) throw new TypeError('A token was verified without a key.')
  return { claims: claimsOf(payload), signedBy }
}

/** What a token says, and the key that it was signed with. */
export type SignedClaims = { readonly claims: AccessClaims; readonly signedBy: KeyForVerifying }

/** What an access token is checked against. */
export type ReadOptions = { readonly keys: SigningKeys; readonly issuer: string; readonly nowMs: number }

/**
 * Checks that a token speaks of the grant that it names: same user, database, client, and the audience of the grant's
 * API.
 *
 * @throws `token.invalid`.
 */
export function checkClaimsAgainstGrant({ claims, signedBy }: SignedClaims, grant: Grant, issuer: string): void {
  // The secret of one API makes tokens for that API, whatever they claim, and none that administer.
  const isOfApi = signedBy.of?.database === grant.database && signedBy.of.api === grant.api
  const mayHaveSigned = signedBy.of === undefined || (isOfApi && !isForAdministration(grant))
  const agree =
    mayHaveSigned &&
    claims.grantId === grant.id &&
    claims.audience === audienceOf(issuer, grant.api) &&
    claims.subject === String(grant.uid) &&
    claims.uid === grant.uid &&
    claims.database === grant.database &&
    claims.login === grant.login &&
    claims.clientId === grant.clientId
  if (!agree) throw tokenErrors['token.invalid']({ internal: 'access token: does not fit its grant' })
}

/** A key is good for its own algorithm only. jose turns what is thrown here into the refusal of the token. */
async function verifyingKey(keys: SigningKeys, { kid, alg }: JWTHeaderParameters): Promise<KeyForVerifying> {
  const key = kid === undefined ? undefined : await keys.findAnew(kid)
  if (key === undefined || key.algorithm !== alg) throw new errors.JWKSNoMatchingKey()
  return key
}

function claimsOf(payload: JWTPayload): AccessClaims {
  const { aud, sub, sid, exp, db, uid, login, client_id: clientId } = payload
  if (
    typeof aud !== 'string' ||
    typeof sub !== 'string' ||
    typeof sid !== 'string' ||
    typeof exp !== 'number' ||
    typeof db !== 'string' ||
    typeof uid !== 'number' ||
    typeof login !== 'string' ||
    typeof clientId !== 'string'
  ) {
    throw tokenErrors['token.invalid']({ internal: 'access token: a claim is missing or of another type' })
  }
  return { audience: aud, subject: sub, database: db, uid, login, clientId, grantId: sid, expiresAtMs: exp * 1000 }
}
