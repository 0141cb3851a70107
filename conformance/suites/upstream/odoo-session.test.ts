import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWatched, type WatchedGateway } from '../../harness/gateway-behind.ts'
import { call } from '../../harness/http-call.ts'
import { recordsOf } from '../../harness/records.ts'
import { revoke, type Session, signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { canStartGateways, target } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('the Odoo session behind a grant', () => {
  let watched: WatchedGateway

  beforeAll(async () => {
    watched = await startWatched()
  })
  afterAll(() => watched.stop())

  test('is opened once with the password, which is never sent again', async () => {
    const from = watched.odoo.seen.length
    const session = await signIn(watched.url, target.users.demo)
    await useToken(watched.url, session.token)
    await updateAccessToken(session)
    const withPassword = watched.odoo.seen.slice(from).filter(({ body }) => body.includes('"password"'))
    expect(withPassword.map(({ path }) => path)).toEqual(['/web/session/authenticate'])
  })

  test('never shows at the client', async () => {
    const session = await signIn(watched.url, target.users.demo)
    const id = await openedSession(session)
    const answers = [
      await useToken(watched.url, session.token),
      await recordsOf(session).read('res.partner', { fields: ['name'], limit: 1 }),
      await updateAccessToken(session),
    ]
    for (const answer of answers) {
      expect(answer.text).not.toContain(id)
      expect(JSON.stringify(answer.headers)).not.toContain(id)
    }
  })

  test('ends with its grant', async () => {
    const session = await signIn(watched.url, target.users.demo)
    const id = await openedSession(session)
    expect(await isAlive(id)).toBe(true)
    await revoke(session)
    await expect.poll(() => isAlive(id), { timeout: 5_000 }).toBe(false)
  })

  test('of another grant of the same user lives on', async () => {
    const [kept, ended] = [await signIn(watched.url, target.users.demo), await signIn(watched.url, target.users.demo)]
    const id = await openedSession(kept)
    await revoke(ended)
    expect(await isAlive(id)).toBe(true)
    expect((await useToken(watched.url, kept.token)).status).toBe(200)
  })

  /** The id of the Odoo session that the calls of this grant carry. */
  async function openedSession(session: Session): Promise<string> {
    const from = watched.odoo.seen.length
    expect((await useToken(watched.url, session.token)).status).toBe(200)
    const cookie = watched.odoo.seen.slice(from).find(({ path }) => path.includes('call_kw'))?.cookie
    const id = cookie?.match(/session_id=([^;]+)/)?.[1]
    if (!id) throw new Error('no Odoo session was used')
    return id
  }

  async function isAlive(id: string): Promise<boolean> {
    const answer = await call(watched.odoo.url, {
      path: '/web/session/get_session_info',
      headers: { Cookie: `session_id=${id}` },
      json: { jsonrpc: '2.0', method: 'call', id: 1, params: {} },
    })
    return answer.json !== undefined && !answer.text.includes('"error"')
  }
})
