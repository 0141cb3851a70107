import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EndedCommand, runGatehouse } from '../../harness/gatehouse-command.ts'
import type { Gateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { readProtected, revoke, rotate, sendSignIn, signIn, updateRefreshToken } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

type Event = {
  readonly id: string
  readonly atMs: number
  readonly kind: string
  readonly [member: string]: unknown
}

let gateway: Gateway

/** `gatehouse audit list` beside the running gateway. */
const list = (...options: string[]): Promise<EndedCommand> =>
  runGatehouse(['audit', 'list', '--json', ...options], { dataDir: gateway.dataDir })

async function eventsOf(...options: string[]): Promise<readonly Event[]> {
  const { json, stderr } = await list(...options)
  const events = (json as { events?: readonly Event[] } | undefined)?.events
  if (events === undefined) throw new Error(`audit list failed: ${stderr}`)
  return events
}

/** The events of a kind, once the gateway has written as many: it does so after it has answered. */
async function soon(kind: string, count: number): Promise<readonly Event[]> {
  for (let tries = 0; ; tries += 1) {
    const events = await eventsOf('--kind', kind)
    if (events.length >= count || tries === 20) return events
    await wait(50)
  }
}

// skip: against a gateway that was given: commands need its data directory.
describe.runIf(canStartGateways)('gatehouse audit list', () => {
  beforeAll(async () => {
    gateway = await startOwnGateway()
  })
  afterAll(() => gateway?.stop())

  test('tells who signed in, from where, and how it ended', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    await revoke(session)
    expect(await soon('signed_in', 1)).toEqual([
      expect.objectContaining({
        kind: 'signed_in',
        login: 'demo',
        uid: session.userId,
        database: target.database,
        address: '127.0.0.1',
        requestId: expect.any(String),
        detail: { surface: 'odoo-jwt' },
      }),
    ])
    const [ended] = await soon('grant_ended', 1)
    expect(ended).toMatchObject({ uid: session.userId, detail: { reason: 'signed_out' } })
    const ofUser = await eventsOf('--user', 'demo')
    expect(ofUser.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['signed_in', 'grant_ended']))
    expect(await eventsOf('--user', String(session.userId))).toEqual(ofUser)
  })

  test('keeps one event of twenty refusals alike, and tells each of them to the log', async () => {
    const wrong = { login: 'nobody@example.com', password: 'never this one' }
    await sendSignIn(gateway.url, wrong)
    for (let number = 0; number < 20; number += 1) {
      await call(gateway.url, { path: '/api/authenticate', json: { ...wrong, db: `nowhere-${number}` } })
    }
    expect(await soon('sign_in_refused', 1)).toHaveLength(1)
    const misdirected = await soon('sign_in_misdirected', 1)
    expect(misdirected).toHaveLength(1)
    // What the callers made up is not kept.
    expect(JSON.stringify(misdirected)).not.toContain('nowhere')
    expect(gateway.output().split('"sign_in_misdirected"').length - 1).toBeGreaterThanOrEqual(20)
  })

  test('tells of denied calls by model and verb', async () => {
    const { token } = await signIn(gateway.url, target.users.demo)
    for (let number = 0; number < 3; number += 1) {
      await call(gateway.url, {
        path: '/api/send_request',
        query: { model: 'ir.rule', fields: '["name"]' },
        headers: { Authorization: `Bearer ${token}` },
      })
    }
    const denied = await soon('denied', 1)
    expect(denied).toHaveLength(1)
    expect(denied[0]).toMatchObject({ login: 'demo', detail: { model: 'ir.rule', verb: 'read' } })
  })

  test('tells of tokens that contradict each other', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    const next = await rotate(await rotate(session))
    // The successor was used as well, so that this is no repeat within the grace.
    await call(gateway.url, {
      path: '/api/update/access-token',
      headers: { refreshToken: next.refreshToken },
      json: { user_id: session.userId + 1 },
    })
    const [contradiction] = await soon('token_contradiction', 1)
    expect(contradiction).toMatchObject({ uid: session.userId, detail: { reason: 'user' } })
    const other = await signIn(gateway.url, target.users.demo)
    await updateRefreshToken({ ...other, refreshToken: next.refreshToken })
    expect(await soon('token_contradiction', 2)).toHaveLength(2)
  })

  test('tells what was changed, and by whom', async () => {
    const { code } = await runGatehouse(['signing-key', 'rotate'], { dataDir: gateway.dataDir })
    expect(code).toBe(0)
    expect(await eventsOf('--kind', 'signing_key_changed')).toEqual([
      expect.objectContaining({ detail: { action: 'rotated', by: 'command', name: expect.any(String) } }),
    ])
  })

  test('holds no password, token or key', async () => {
    const session = await rotate(await signIn(gateway.url, target.users.demo))
    await readProtected(gateway.url, { Authorization: `Bearer ${session.token}` })
    await soon('signed_in', 1)
    const text = JSON.stringify(await eventsOf('--limit', '1000'))
    for (const secret of [session.token, session.refreshToken, 'never this one', 'nobody@example.com']) {
      expect(text).not.toContain(secret)
    }
  })

  test('goes page by page, each event once, the newest first', async () => {
    const all = await eventsOf('--limit', '1000')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { json } = await list('--limit', '3', ...(cursor === undefined ? [] : ['--cursor', cursor]))
      const page = json as { events: readonly Event[]; next?: string }
      seen.push(...page.events.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(all.map(({ id }) => id))
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => b - a))
  })

  test('shows people a table, and how to go on', async () => {
    const { stdout, code } = await runGatehouse(['audit', 'list', '--limit', '1'], { dataDir: gateway.dataDir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^AT +KIND +USER +FROM +DETAIL\n\d{4}-\d\d-\d\dT/)
    expect(stdout).toMatch(/--cursor \d+\.ev_/)
    expect((await eventsOf('--since', '2099-01-01')).length).toBe(0)
  })

  test.each([
    { options: ['--since', 'yesterday'], says: /yesterday\\?" is no moment/ },
    { options: ['--kind', 'sign_ins'], says: /no kind of event \\?"sign_ins\\?": there are .*sign_in_refused/ },
    { options: ['--limit', '0'], says: /--limit must be a number from 1/ },
    { options: ['--cursor', 'x'], says: /cursor is none that a list has named/ },
  ])('$options is refused in one sentence', async ({ options, says }) => {
    const { code, stdout, stderr } = await list(...options)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(says)])
  })
})
