import { describe, expect, test } from 'vitest'
import { textAt } from '../../harness/json-reading.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { revoke, rotate, signIn, updateAccessToken, updateRefreshToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const signedIn = () => signIn(target.url, target.users.demo)

describe('a refresh token that was used, inside the grace window of 10 s', () => {
  test('gets the same successor again', async () => {
    const session = await signedIn()
    const next = await rotate(session)
    const again = await rotate(session)
    expect(next.refreshToken).not.toBe(session.refreshToken)
    expect(again.refreshToken).toBe(next.refreshToken)
  })

  test('gives one successor to callers at the same time', async () => {
    const session = await signedIn()
    const answers = await Promise.all(Array.from({ length: 12 }, () => updateRefreshToken(session)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(200))
    expect(new Set(answers.map((answer) => textAt(answer.json, 'refreshToken'))).size).toBe(1)
  })

  test('still gets an access token at /api/update/access-token', async () => {
    const session = await signedIn()
    await rotate(session)
    const answer = await updateAccessToken(session)
    expect(answer.status).toBe(200)
    expect((await useToken(target.url, textAt(answer.json, 'access_token'))).status).toBe(200)
  })

  test('is refused without harm once the successor was used itself', async () => {
    const first = await signedIn()
    const second = await rotate(first)
    const third = await rotate(second)
    expectUnauthorized(await updateRefreshToken(first))
    expect((await useToken(target.url, first.token)).status).toBe(200)
    expect((await updateAccessToken(third)).status).toBe(200)
    const fourth = await rotate(third)
    expect(fourth.refreshToken).not.toBe(third.refreshToken)
  })

  test('has no grace when the grant ended', async () => {
    const session = await signedIn()
    const next = await rotate(session)
    expect((await revoke(next)).status).toBe(200)
    expectUnauthorized(await updateRefreshToken(session))
    expectUnauthorized(await updateAccessToken(session))
    expectUnauthorized(await updateAccessToken(next))
  })

  test('ends the grant when it is revoked with it', async () => {
    // A client that lost the answer of its rotation still holds the old token, and must be able to log out.
    const session = await signedIn()
    const next = await rotate(session)
    expect((await revoke(session)).status).toBe(200)
    expectUnauthorized(await updateAccessToken(next))
  })
})
