import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import {
  rotate,
  type Session,
  signIn,
  updateAccessToken,
  updateRefreshToken,
  useToken,
  waitForStatus,
} from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

// The guarantees are about time: the window is made short so that the wait is.
const GRACE_SECONDS = 1
const AFTER_THE_WINDOW_MS = GRACE_SECONDS * 1000 + 250

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('a refresh token that was used, after the grace window', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startOwnGateway({ settings: { tokens: { graceSeconds: GRACE_SECONDS } } })
  })
  afterAll(() => gateway.stop())

  test('is refused, and the whole grant ends: its successor, and its access tokens within 5 s', async () => {
    const first = await signedIn()
    const second = await rotate(first)
    await wait(AFTER_THE_WINDOW_MS)
    expectUnauthorized(await updateRefreshToken(first))
    await expectEnded(second)
  })

  test('is refused at /api/update/access-token in the same way', async () => {
    const first = await signedIn()
    const second = await rotate(first)
    await wait(AFTER_THE_WINDOW_MS)
    expectUnauthorized(await updateAccessToken(first))
    await expectEnded(second)
  })

  test('leaves the other grants of the user alone', async () => {
    const [first, other] = [await signedIn(), await signedIn()]
    await rotate(first)
    await wait(AFTER_THE_WINDOW_MS)
    expectUnauthorized(await updateRefreshToken(first))
    expect((await updateAccessToken(other)).status).toBe(200)
    expect((await useToken(gateway.url, other.token)).status).toBe(200)
  })

  test('does no harm to a grant whose latest token is used only', async () => {
    let session = await signedIn()
    for (const _round of [1, 2]) {
      session = await rotate(session)
      await wait(AFTER_THE_WINDOW_MS)
      expect((await updateAccessToken(session)).status).toBe(200)
    }
  })

  const signedIn = () => signIn(gateway.url, target.users.demo)

  async function expectEnded(session: Session): Promise<void> {
    expectUnauthorized(await updateAccessToken(session))
    expectUnauthorized(await updateRefreshToken(session))
    expect(await waitForStatus(() => useToken(gateway.url, session.token), 401, 5_000)).toBeDefined()
  }
})
