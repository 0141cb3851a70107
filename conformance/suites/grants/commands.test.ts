import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeKey, readPartner } from '../../harness/api-keys.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { type JsonMembers, listAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { signIn, updateAccessToken, useToken, waitForStatus } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** How long a node may take to hear of it. CONTRACT §0, "revocation". */
const WITHIN_MS = 5_000

// skip: needs a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('gatehouse grant', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.stop())

  const run = (...args: string[]) => runGatehouse(['grant', ...args, '--json'], gateway)
  const list = async (...options: string[]): Promise<readonly JsonMembers[]> =>
    listAt((await run('list', ...options)).json, 'grants').map(objectOf)
  const signInFrom = (
    device: string,
    login = target.users.demo,
    path: '/api/login' | '/api/authenticate' = '/api/login',
  ) => signIn(gateway.url, login, { path, headers: { 'User-Agent': device } })
  const grantOf = ({ token }: { readonly token: string }) => textAt(readJwt(token).claims, 'sid')

  test('list finds grants by user, device, surface, client and state', async () => {
    const phone = grantOf(await signInFrom('Suite phone 7'))
    const desk = grantOf(await signInFrom('Suite desk', target.users.admin, '/api/authenticate'))
    const ids = async (...options: string[]) => (await list(...options)).map(({ id }) => id)
    expect(await ids('--device', 'suite PHONE')).toEqual([phone])
    expect(await ids('--login', 'admin')).toEqual([desk])
    expect(await ids('--uid', '2', '--database', 'demo')).toEqual([desk])
    expect(await ids('--surface', 'odoo-jwt', '--device', 'Suite')).toEqual([desk])
    expect(await ids('--client', 'odoo-jwt', '--device', 'Suite')).toEqual([desk])
    expect(await ids('--ended', '--device', 'Suite')).toEqual([])
    expect(await ids('--database', 'nowhere')).toEqual([])
  })

  test('list goes on where the page before ended', async () => {
    for (let count = 0; count < 3; count++) await signInFrom('Paged')
    const whole = (await list('--device', 'Paged')).map(({ id }) => id)
    const first = objectOf((await run('list', '--device', 'Paged', '--limit', '2')).json)
    const second = objectOf(
      (await run('list', '--device', 'Paged', '--limit', '2', '--cursor', textAt(first, 'next'))).json,
    )
    const paged = [...listAt(first, 'grants'), ...listAt(second, 'grants')].map((one) => objectOf(one).id)
    expect(paged).toEqual(whole)
    expect(second.next).toBeUndefined()
  })

  test('revoke ends one grant and leaves the others of the user', async () => {
    const [ended, kept] = [await signInFrom('One'), await signInFrom('Other')]
    expect((await run('revoke', grantOf(ended))).json).toEqual({ ended: 1 })
    expect(await waitForStatus(() => useToken(gateway.url, ended.token), 401, WITHIN_MS)).toBeDefined()
    expect((await updateAccessToken(ended)).status).toBe(401)
    expect((await useToken(gateway.url, kept.token)).status).toBe(200)
    expect((await run('revoke', grantOf(ended))).json).toEqual({ ended: 0 })
    expect(await list('--ended', '--device', 'One')).toMatchObject([{ endedReason: 'revoked_by_administrator' }])
  })

  test('revoke --login ends all of a user, keys too, and nobody else', async () => {
    const key = await madeKey(gateway)
    const [one, two] = [await signInFrom('All 1'), await signInFrom('All 2')]
    const admin = await signInFrom('Admin', target.users.admin)
    const { json } = await run('revoke', '--login', 'demo')
    expect(Number(objectOf(json).ended)).toBeGreaterThanOrEqual(3)
    for (const { token } of [one, two])
      expect(await waitForStatus(() => useToken(gateway.url, token), 401, WITHIN_MS)).toBeDefined()
    const withKey = () => readPartner(gateway.url, { 'X-API-Key': key.key })
    expect(await waitForStatus(withKey, 401, WITHIN_MS)).toBeDefined()
    expect((await useToken(gateway.url, await admin.bearer())).status).toBe(200)
    expect(await list('--live', '--login', 'demo')).toEqual([])
    const { json: keys } = await runGatehouse(['key', 'list', '--json'], gateway)
    expect(listAt(keys, 'keys')).toContainEqual(expect.objectContaining({ id: key.id, state: 'revoked' }))
  })

  test('revoke --client ends all of a client', async () => {
    const [jwt, sent] = [await signInFrom('C', undefined, '/api/authenticate'), await signInFrom('C')]
    expect(Number(objectOf((await run('revoke', '--client', 'odoo-jwt')).json).ended)).toBeGreaterThanOrEqual(1)
    expect(await waitForStatus(() => useToken(gateway.url, jwt.token), 401, WITHIN_MS)).toBeDefined()
    expect((await useToken(gateway.url, await sent.bearer())).status).toBe(200)
  })

  test.each<[name: string, args: string[], sentence: RegExp]>([
    ['an unknown grant', ['revoke', 'gr_unknown'], /gatehouse grant list/],
    [
      'a user who has none',
      ['revoke', '--login', 'nobody'],
      /No grant of \\?"nobody\\?" lives: see `gatehouse grant list`/,
    ],
    ['a client that has none', ['revoke', '--client', 'none'], /No grant of the client \\?"none\\?" lives/],
    ['nothing', ['revoke'], /--login or --client/],
    ['a grant and a user', ['revoke', 'gr_x', '--login', 'demo'], /--login or --client/],
    ['a page of nothing', ['list', '--limit', '0'], /1 to 500/],
    ['a page of too many', ['list', '--limit', '501'], /1 to 500/],
    ['a cursor that is none', ['list', '--cursor', 'x'], /cursor/],
    ['an id that is no number', ['list', '--uid', 'demo'], /--uid takes a whole number/],
  ])('%s is refused with what to do', async (_, args, sentence) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(sentence)
  })
})
