import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { type Session, signIn, updateAccessToken } from '../../harness/session.ts'
import { DEMO_EXPOSURES } from '../../harness/settings.ts'
import { hasPostgres } from '../../store/postgres.ts'
import { type Nodes, startNodes } from './nodes.ts'

/** How long other nodes may take to hear of something (CONTRACT §0), in milliseconds. */
const HEARD_MS = 5_000

/** How often one token is refreshed by many at once: more on request (`GATEHOUSE_TEST_ROUNDS=1000`). */
const ROUNDS = Number(process.env.GATEHOUSE_TEST_ROUNDS ?? 30)

const DEMO = { login: 'demo', password: 'demo' }

// skip: without PostgreSQL there are no several nodes
describe.skipIf(!hasPostgres())('two nodes on one PostgreSQL', () => {
  let nodes: Nodes

  beforeAll(async () => {
    nodes = await startNodes()
  }, 60_000)

  afterAll(() => nodes[Symbol.asyncDispose](), 60_000)

  test('a token of one is good on the other, with its Odoo session', async () => {
    const { first, second } = nodes
    const session = await signIn(first.url, DEMO)
    for (const url of [second.url, first.url]) {
      const answer = await readPartners(url, session.token)
      expect(answer.status).toBe(200)
    }
  })

  test(
    '32 refreshes of one token at once, round after round: one successor each, and the last works',
    async () => {
      const { first, second } = nodes
      const session = await signIn(first.url, DEMO)
      let token = session.refreshToken
      let access = session.token
      for (let round = 0; round < ROUNDS; round += 1) {
        const answers = await Promise.all(
          Array.from({ length: 32 }, (_, number) =>
            rotate(number % 2 === 0 ? first.url : second.url, session, token, access),
          ),
        )
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
        const successors = new Set(answers.map(({ json }) => textAt(json, 'refreshToken')))
        expect(successors.size).toBe(1)
        token = [...successors][0] ?? ''
        // The access token of the sign-in would be over before a thousand rounds are.
        const renewed = await updateAccessToken({ ...session, refreshToken: token })
        access = textAt(renewed.json, 'access_token')
      }
      expect((await rotate(second.url, session, token, access)).status).toBe(200)
    },
    60_000 + ROUNDS * 1_000,
  )

  test('a grant that ends on one ends on the other within 5 s', async () => {
    const { first, second } = nodes
    const session = await signIn(first.url, DEMO)
    expect((await readPartners(second.url, session.token)).status).toBe(200)
    const ended = await call(first.url, {
      path: '/api/revoke/token',
      headers: { Authorization: `Bearer ${session.token}`, refreshToken: session.refreshToken },
      json: {},
    })
    expect(ended.status).toBe(200)
    await within(HEARD_MS, async () => (await readPartners(second.url, session.token)).status === 401)
    expect((await rotate(second.url, session, session.refreshToken)).status).toBe(401)
  })

  test('calls go on, on both at once, while Odoo rotates the id of their session', async () => {
    const { first, second, odooUrl } = nodes
    const session = await signIn(first.url, DEMO)
    const pace = (rotateSessionsEveryMs: number | null) =>
      call(odooUrl, { path: '/sandbox/faults', json: { rotateSessionsEveryMs } })
    expect((await pace(200)).status).toBe(200)
    try {
      // Some twenty rotations, seen now by one node and now by the other, and by both at once.
      for (let round = 0; round < 40; round += 1) {
        const answers = await Promise.all([first, second, first].map(({ url }) => readPartners(url, session.token)))
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
        await wait(100)
      }
    } finally {
      await pace(null)
    }
  }, 30_000)

  test('a policy that is applied holds on both within 5 s', async () => {
    const { first, second, command } = nodes
    const session = await signIn(first.url, DEMO)
    const file = join(tmpdir(), `gatehouse-policy-${process.pid}.json`)
    const narrow = DEMO_EXPOSURES.filter(({ model }) => model !== 'res.partner')
    const apply = async (exposures: unknown) => {
      writeFileSync(file, JSON.stringify({ apis: [{ name: 'default', database: 'demo', exposures }] }))
      await command('apply', file)
    }
    await apply(narrow)
    for (const { url } of [first, second]) {
      await within(HEARD_MS, async () => (await readPartners(url, await session.bearer())).status === 403)
    }
    await apply(DEMO_EXPOSURES)
    for (const { url } of [first, second]) {
      await within(HEARD_MS, async () => (await readPartners(url, await session.bearer())).status === 200)
    }
  })

  test('a key that is made anew signs on both, and what it signs is good everywhere at once', async () => {
    const { first, second, command } = nodes
    const { kid } = JSON.parse(await command('signing-key', 'rotate', '--json'))
    await within(HEARD_MS, async () => {
      const session = await signIn(first.url, DEMO)
      expect((await readPartners(second.url, session.token)).status).toBe(200)
      return kidOf(session.token) === kid
    })
  })

  test('while PostgreSQL is gone they answer 503 with Retry-After, and then go on by themselves', async () => {
    const { first, second, postgres } = nodes
    const session = await signIn(first.url, DEMO)
    // Some calls are in the middle of a statement when it goes.
    const busy = await signIn(first.url, DEMO)
    const under = Array.from({ length: 60 }, (_, number) =>
      rotate(number % 2 === 0 ? first.url : second.url, busy, busy.refreshToken),
    )
    const settled = Promise.allSettled(under)
    await wait(20)
    postgres.stop()
    await settled
    try {
      const away = await rotate(second.url, session, session.refreshToken)
      expect(away.status).toBe(503)
      expect(Number(away.headers['retry-after'])).toBeGreaterThan(0)
      await within(HEARD_MS, async () => (await call(first.url, { path: '/readyz' })).status === 503)
      expect((await call(first.url, { path: '/healthz' })).status).toBe(200)
      await wait(10_000)
    } finally {
      postgres.start()
    }
    await within(HEARD_MS, async () => (await call(first.url, { path: '/readyz' })).status === 200)
    expect((await rotate(second.url, session, session.refreshToken)).status).toBe(200)
    expect((await readPartners(first.url, (await signIn(second.url, DEMO)).token)).status).toBe(200)
    expect(first.ending()).toBeUndefined()
    expect(second.ending()).toBeUndefined()
  }, 60_000)

  test('a backup is not restored under gateways that run, unless told', async () => {
    const { command } = nodes
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-nodes-backup-'))
    try {
      const file = join(directory, 'all.backup')
      await command('backup', file)
      await expect(command('restore', file, '--replace')).rejects.toThrow(/2 gateways run on this store: stop each/)
      expect(await command('restore', file, '--replace', '--force')).toContain('rows of')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

function readPartners(url: string, token: string): Promise<Answer> {
  return call(url, {
    path: '/api/send_request',
    query: { model: 'res.partner', fields: '["name"]', limit: 1 },
    headers: { Authorization: `Bearer ${token}` },
  })
}

function rotate(url: string, session: Session, refreshToken: string, access = session.token): Promise<Answer> {
  return call(url, {
    path: '/api/update/refresh-token',
    headers: { Authorization: `Bearer ${access}`, refreshToken },
    json: { user_id: session.userId },
  })
}

/** Asks again until it is so; fails when it takes longer. */
async function within(limitMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${limitMs} ms`)
    await wait(100)
  }
}

function kidOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).kid
}
