import { describe, expect, test } from 'vitest'
import { textAt } from '../../harness/json-reading.ts'
import { recordsOf } from '../../harness/records.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import {
  revoke,
  signIn,
  updateAccessToken,
  updateRefreshToken,
  useToken,
  waitForStatus,
} from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** Within this time a live JWT of an ended grant is refused on every node. */
const FELT_WITHIN_MS = 5_000

const signedIn = () => signIn(target.url, target.users.demo)

describe('revocation', () => {
  test('ends the refresh token at once', async () => {
    const session = await signedIn()
    await revoke(session)
    expectUnauthorized(await updateAccessToken(session))
    expectUnauthorized(await updateRefreshToken(session))
  })

  test('is felt within 5 s by every live access token of the grant, on every call', async () => {
    const session = await signedIn()
    const renewed = textAt((await updateAccessToken(session)).json, 'access_token')
    // Both have been used, so that an answer from a cache would show.
    for (const token of [session.token, renewed]) expect((await useToken(target.url, token)).status).toBe(200)
    await revoke(session)
    for (const token of [session.token, renewed]) {
      expect(await waitForStatus(() => useToken(target.url, token), 401, FELT_WITHIN_MS)).toBeDefined()
      const reads = recordsOf({ ...session, bearer: async () => token })
      expectUnauthorized(await reads.read('res.partner', { fields: ['name'], limit: 1 }))
    }
  })

  test('makes a new sign-in no harder', async () => {
    await revoke(await signedIn())
    expect((await useToken(target.url, (await signedIn()).token)).status).toBe(200)
  })
})

describe('many devices', () => {
  test('a user has any number of grants, and ending one leaves the others', async () => {
    const devices = await Promise.all(Array.from({ length: 6 }, signedIn))
    const [lost, ...kept] = devices
    if (!lost) throw new Error('no sign-in')
    await revoke(lost)
    expect(await waitForStatus(() => useToken(target.url, lost.token), 401, FELT_WITHIN_MS)).toBeDefined()
    for (const device of kept) {
      expect((await updateAccessToken(device)).status).toBe(200)
      // The Odoo session behind it must have survived too: this call reads from Odoo.
      expect((await useToken(target.url, device.token)).status).toBe(200)
    }
  })

  test('a sign-in of another user ends nothing', async () => {
    const demo = await signedIn()
    const admin = await signIn(target.url, target.users.admin)
    await revoke(admin)
    expect((await useToken(target.url, demo.token)).status).toBe(200)
  })
})
