import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { type Records, recordsOf } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { sendSignIn, signIn, waitForStatus } from '../../harness/session.ts'
import { canStartGateways, target } from '../../harness/target.ts'
import { type Installation, makeInstallation } from './installation.ts'

/** How long a change may take to be felt. Milliseconds. */
const FELT_WITHIN_MS = 5_000

const { demo } = target.users

// skip: needs a gateway with a data directory of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('a running gateway', () => {
  let node: Installation
  let gateway: Gateway
  beforeAll(async () => {
    node = makeInstallation()
    gateway = await startGateway({ dataDir: node.dataDir })
  })
  afterAll(async () => {
    await gateway.stop()
    node.remove()
  })

  const page = (records: Records, model: string) => () => records.read(model, { fields: ['name'], limit: 1 })

  const feels = async (send: Parameters<typeof waitForStatus>[0], status: number) =>
    expect(await waitForStatus(send, status, FELT_WITHIN_MS), `no ${status} in time`).toBeDefined()

  test('takes a new API in, and what is opened and closed in it, for tokens that are out already', async () => {
    expectRefused(await sendSignIn(gateway.url, demo, { api: 'shop' }), { status: 403 })
    await node.run('api', 'create', 'shop')
    await feels(() => sendSignIn(gateway.url, demo, { api: 'shop' }), 200)
    const shop = recordsOf(await signIn(gateway.url, demo, { api: 'shop' }))
    expectRefused(await page(shop, 'res.partner')(), { status: 403 })
    await node.run('api', 'expose', 'shop', 'res.partner', '--verbs', 'read')
    await feels(page(shop, 'res.partner'), 200)
    await node.run('api', 'unexpose', 'shop', 'res.partner')
    await feels(page(shop, 'res.partner'), 403)
  })

  test('takes scopes, addresses and limits in, for tokens that are out already', async () => {
    const narrow = (settings: object) =>
      node.apply({
        apis: [
          { name: 'narrow', database: 'demo', ...settings, exposures: [{ model: 'res.partner', verbs: ['read'] }] },
        ],
      })
    await narrow({})
    await feels(() => sendSignIn(gateway.url, demo, { api: 'narrow' }), 200)
    const records = recordsOf(await signIn(gateway.url, demo, { api: 'narrow' }))
    const read = page(records, 'res.partner')
    await feels(read, 200)
    await narrow({ scopes: ['res.country:read'] })
    await feels(read, 403)
    await narrow({ addresses: ['127.0.0.0/8'] })
    await feels(read, 200)
    await narrow({ addresses: ['203.0.113.0/24'] })
    await feels(read, 403)
    await narrow({ rateLimit: { perGrant: { perMinute: 1 } } })
    await feels(read, 429)
  })

  test('refuses the tokens of an API that was removed', async () => {
    await node.run('api', 'create', 'short-lived')
    await feels(() => sendSignIn(gateway.url, demo, { api: 'short-lived' }), 200)
    const session = await signIn(gateway.url, demo, { api: 'short-lived' })
    await node.run('api', 'remove', 'short-lived')
    await feels(() => sendSignIn(gateway.url, demo, { api: 'short-lived' }), 403)
    expectRefused(await page(recordsOf(session), 'res.partner')(), { status: 403, code: 'wrong_api' })
  })

  test('tells an administrator the command that opens what is closed, and the command does', async () => {
    const admin = recordsOf(await signIn(gateway.url, target.users.admin))
    const refused = await page(admin, 'res.lang')()
    expectRefused(refused, { status: 403 })
    const command = /`gatehouse ([^`]+)`/.exec(refused.text)?.[1] ?? ''
    expect(command).toBe('api expose default res.lang --verbs read --database demo')
    expect((await node.run(...command.split(' '))).code).toBe(0)
    await feels(page(admin, 'res.lang'), 200)
  })
})
