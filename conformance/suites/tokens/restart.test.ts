import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort, type Gateway } from '../../harness/gateway-process.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { revoke, rotate, signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('tokens and the data directory', () => {
  let root: string
  let gateway: Gateway

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'gatehouse-restart-'))
    gateway = await startOwnGateway({ dataDir: join(root, 'data') })
  })
  afterEach(async () => {
    await gateway.stop()
    rmSync(root, { recursive: true, force: true })
  })

  test('grants outlive a restart on the same address', async () => {
    const session = await rotate(await signIn(gateway.url, target.users.demo))
    await gateway.stop()
    gateway = await startOwnGateway({ dataDir: gateway.dataDir, port: gateway.port })
    expect((await updateAccessToken(session)).status).toBe(200)
  })

  test('an ended grant stays ended', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    await revoke(session)
    await gateway.stop()
    gateway = await startOwnGateway({ dataDir: gateway.dataDir, port: gateway.port })
    expectUnauthorized(await updateAccessToken(session))
    expectUnauthorized(await useToken(gateway.url, session.token))
  })

  test('a token that the same keys signed for another public address is refused', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    await gateway.stop()
    const dataDir = join(root, 'copy')
    cpSync(gateway.dataDir, dataDir, { recursive: true })
    gateway = await startOwnGateway({ dataDir, port: await freePort() })
    expectUnauthorized(await useToken(gateway.url, session.token))
  })

  test('the tokens of another gateway are refused', async () => {
    const other = await startOwnGateway()
    try {
      const session = await signIn(other.url, target.users.demo)
      expectUnauthorized(await useToken(gateway.url, session.token))
      expectUnauthorized(await updateAccessToken({ ...session, url: gateway.url }))
    } finally {
      await other.stop()
    }
  })
})
