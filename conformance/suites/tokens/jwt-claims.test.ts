import { describe, expect, test } from 'vitest'
import { numberAt, textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { rotate, signIn, updateAccessToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const { demo, admin } = target.users

describe('an access token', () => {
  test('has the header of RFC 9068: typ at+jwt, EdDSA, a kid', async () => {
    const { header } = readJwt((await signIn(target.url, demo)).token)
    expect(header).toEqual({ typ: 'at+jwt', alg: 'EdDSA', kid: expect.stringMatching(/\S/) })
  })

  test('has exactly the claims of the contract', async () => {
    const session = await signIn(target.url, demo)
    const { claims } = readJwt(session.token)
    expect(Object.keys(claims).sort()).toEqual(
      ['iss', 'aud', 'sub', 'db', 'uid', 'login', 'scope', 'client_id', 'sid', 'jti', 'iat', 'exp'].sort(),
    )
    expect(claims).toMatchObject({
      iss: target.publicUrl,
      sub: String(session.userId),
      db: target.database,
      uid: session.userId,
      login: demo.login,
      scope: expect.any(String),
      client_id: expect.any(String),
      sid: expect.stringMatching(/\S/),
      jti: expect.stringMatching(/\S/),
    })
    expect(claims.aud).toBeTruthy()
  })

  test('lives 60 s from now', async () => {
    const before = Math.floor(Date.now() / 1000)
    const { claims } = readJwt((await signIn(target.url, demo)).token)
    expect(numberAt(claims, 'exp') - numberAt(claims, 'iat')).toBe(60)
    expect(numberAt(claims, 'iat')).toBeGreaterThanOrEqual(before - 1)
    expect(numberAt(claims, 'iat')).toBeLessThanOrEqual(Date.now() / 1000 + 1)
  })

  test('carries nothing of the credential behind it', async () => {
    const session = await signIn(target.url, demo)
    const text = JSON.stringify(readJwt(session.token))
    expect(text).not.toContain(session.refreshToken)
    expect(text).not.toMatch(/password|session_id/i)
  })

  test('has an issuer that no request header can change', async () => {
    const headers = {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      Forwarded: 'host=evil.example;proto=https',
    }
    const { claims } = readJwt((await signIn(target.url, demo, { headers })).token)
    expect(claims.iss).toBe(target.publicUrl)
    expect(JSON.stringify(claims)).not.toContain('evil')
  })
})

describe('the ids in access tokens', () => {
  test('sid is one for a grant, through renewal and rotation', async () => {
    const session = await signIn(target.url, demo)
    const next = await rotate(session)
    const renewed = textAt((await updateAccessToken(next)).json, 'access_token')
    expect(readJwt(renewed).claims.sid).toBe(readJwt(session.token).claims.sid)
  })

  test('sid differs between grants, also of one user', async () => {
    const sessions = await Promise.all([demo, demo, admin].map((user) => signIn(target.url, user)))
    expect(new Set(sessions.map(({ token }) => readJwt(token).claims.sid)).size).toBe(3)
  })

  test('jti differs between tokens of one grant', async () => {
    const session = await signIn(target.url, demo)
    const renewed = textAt((await updateAccessToken(session)).json, 'access_token')
    expect(readJwt(renewed).claims.jti).not.toBe(readJwt(session.token).claims.jti)
  })
})

describe('a refresh token', () => {
  test('is opaque and long enough for 256 random bits', async () => {
    const tokens = await Promise.all([1, 2, 3].map(async () => (await signIn(target.url, demo)).refreshToken))
    expect(new Set(tokens).size).toBe(3)
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{43,}$/)
      expect(token).not.toContain('.')
    }
  })
})
