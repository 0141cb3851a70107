import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { post, signIn, startTestSandbox, TEST_NOW_MS } from '../../testing/client.ts'

let sandbox: Sandbox
let sessionId: string
let nowMs = TEST_NOW_MS

beforeAll(async () => {
  sandbox = await startTestSandbox({ faults: true, nowMs: () => nowMs })
})

beforeEach(async () => {
  nowMs = TEST_NOW_MS
  await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' })
  sessionId = (await signIn(sandbox, 'demo')).sessionId
})

afterAll(() => sandbox.close())

const COUNT = { model: 'res.partner', method: 'search_count', args: [[['id', '=', 1]]], kwargs: {} }
const CALL = '/web/dataset/call_kw'

const count = (id = sessionId) => post(sandbox, CALL, COUNT, id)

async function ask(control: unknown, type = 'application/json'): Promise<{ status: number; body: unknown }> {
  const body = typeof control === 'string' ? control : JSON.stringify(control)
  const response = await fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
  return { status: response.status, body: await response.json() }
}

const raw = (path = CALL) =>
  fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `session_id=${sessionId}` },
    body: JSON.stringify({ id: 1, params: COUNT }),
  })

describe('a fault', () => {
  test('that is slow answers late, and rightly', async () => {
    await ask({ fault: 'slow', ms: 60 })
    const before = performance.now()
    expect((await count()).body.result).toBe(1)
    expect(performance.now() - before).toBeGreaterThanOrEqual(55)
  })

  test('that drops before the work leaves nothing behind', async () => {
    await ask({ fault: 'drop_before', model: 'res.partner.category', method: 'create' })
    const before = await categories()
    await expect(create()).rejects.toThrow()
    expect(await categories()).toBe(before)
  })

  test('that drops after the work leaves its result behind', async () => {
    await ask({ fault: 'drop_after', model: 'res.partner.category', method: 'create' })
    const before = await categories()
    await expect(create()).rejects.toThrow()
    expect(await categories()).toBe(before + 1)
  })

  test('that ends the session ends it for good', async () => {
    await ask({ fault: 'expire_session', path: CALL })
    expect((await count()).body.error?.code).toBe(100)
    expect((await count()).body.error?.code).toBe(100)
  })

  test('that ends the session waits for a request that has one', async () => {
    await ask({ fault: 'expire_session' })
    expect((await fetch(`${sandbox.url}/web/health`)).status).toBe(200)
    expect((await post(sandbox, '/web/webclient/version_info', {})).status).toBe(200)
    expect((await count()).body.error?.code).toBe(100)
  })

  test.each([
    ['server_error', 500, '<h1>Internal Server Error</h1>'],
    ['bad_gateway', 502, '<center>nginx</center>'],
  ])('%s is a page', async (fault, status, text) => {
    await ask({ fault })
    const response = await raw()
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
  })

  test('of serialization is an envelope, and nothing was done', async () => {
    await ask({ fault: 'serialization_failure' })
    const before = await categoriesAfterFault()
    expect(before.error?.data.name).toBe('psycopg2.errors.SerializationFailure')
    await ask({ fault: 'serialization_failure', method: 'create' })
    const known = await categories()
    expect((await create()).body.error?.data.name).toBe('psycopg2.errors.SerializationFailure')
    expect(await categories()).toBe(known)
  })

  const create = () =>
    signIn(sandbox, 'admin').then((admin) =>
      post(
        sandbox,
        CALL,
        { model: 'res.partner.category', method: 'create', args: [{ name: 'x' }], kwargs: {} },
        admin.sessionId,
      ),
    )

  const categoriesAfterFault = async () =>
    (await post(sandbox, CALL, { ...COUNT, model: 'res.partner.category', args: [[]] }, sessionId)).body

  const categories = async () => Number((await categoriesAfterFault()).result)
})

describe('which requests have it', () => {
  test('as many as were asked for, and then no more', async () => {
    const { body } = await ask({ fault: 'server_error', times: 2 })
    expect(body).toEqual({ waiting: [{ fault: 'server_error', times: 2 }], rotateSessionsEveryMs: null })
    expect([(await raw()).status, (await raw()).status, (await raw()).status]).toEqual([500, 500, 200])
  })

  test.each([
    ['another path', { path: '/web/session' }],
    ['another model', { model: 'res.users' }],
    ['another method', { method: 'write' }],
  ])('not those of %s', async (_case, which) => {
    await ask({ fault: 'server_error', ...which })
    expect((await raw()).status).toBe(200)
  })

  test.each([
    ['/web/dataset/call_kw', { params: COUNT }],
    [
      '/jsonrpc',
      { params: { service: 'object', method: 'execute_kw', args: ['demo', 6, 'demo', COUNT.model, COUNT.method] } },
    ],
  ])('those that call the method over %s', async (path, body) => {
    await ask({ fault: 'bad_gateway', model: COUNT.model, method: COUNT.method })
    const response = await fetch(sandbox.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(502)
  })

  test('one that calls it over XML-RPC', async () => {
    await ask({ fault: 'bad_gateway', model: COUNT.model, method: COUNT.method })
    const texts = ['demo', '6', 'demo', COUNT.model, COUNT.method]
    const params = texts.map((text) => `<param><value><string>${text}</string></value></param>`).join('')
    const response = await fetch(`${sandbox.url}/xmlrpc/2/object`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: `<methodCall><methodName>execute_kw</methodName><params>${params}</params></methodCall>`,
    })
    expect(response.status).toBe(502)
  })
})

describe('the rotation of session ids', () => {
  test('gives a new id with the same beginning, once, and lets the old one live for two minutes', async () => {
    await ask({ rotateSessionsEveryMs: 2000 })
    expect((await count()).setCookie).toContain(sessionId)
    nowMs += 2000
    const { sessionId: next, body } = await count()
    expect(body.result).toBe(1)
    expect(next).not.toBe(sessionId)
    expect(next?.slice(0, 42)).toBe(sessionId.slice(0, 42))
    expect((await count()).sessionId).toBe(next)
    expect((await count(next)).setCookie).toBeNull()
    nowMs += 120_000
    await ask({ rotateSessionsEveryMs: null })
    expect((await count()).body.error?.code).toBe(100)
    expect((await count(next)).body.result).toBe(1)
  })

  test('ends with the session', async () => {
    await ask({ rotateSessionsEveryMs: 1 })
    nowMs += 1
    const { sessionId: next } = await count()
    await post(sandbox, '/web/session/destroy', {}, next)
    expect((await count()).body.error?.code).toBe(100)
    expect((await count(next)).body.error?.code).toBe(100)
  })

  test('does not lead from a session that is signed in to nobody', async () => {
    await ask({ rotateSessionsEveryMs: 1 })
    nowMs += 1
    const { body, setCookie } = await post(sandbox, '/web/webclient/version_info', {}, 'A'.repeat(84))
    expect(body.error).toBeUndefined()
    expect(setCookie).toBeNull()
  })
})

describe('a wish that is refused', () => {
  test.each([
    ['no JSON', '{', 'The body is no JSON.'],
    ['a list', [], 'The body is no object.'],
    ['nothing', {}, "Say which 'fault' it is, or 'rotateSessionsEveryMs'."],
    ['an unknown field', { fault: 'slow', ms: 1, often: 2 }, "There is no field 'often'"],
    ['an unknown fault', { fault: 'toString' }, "'fault' is one of slow, drop_before"],
    ['no fault', { ms: 5, rotateSessionsEveryMs: 5 }, "Say which 'fault' the other fields are about."],
    ['no time', { fault: 'slow' }, "'slow' needs 'ms'"],
    ['a time that is too long', { fault: 'slow', ms: 60_001 }, "'ms' is a whole number from 1 to 60000."],
    ['none', { fault: 'server_error', times: 0 }, "'times' is a whole number from 1 to 1000."],
    ['text for a number', { fault: 'server_error', times: '1' }, "'times' is a whole number from 1 to 1000."],
    ['a path without a slash', { fault: 'server_error', path: 'web' }, "'path' is what a path begins with"],
    ['a model that is none', { fault: 'server_error', model: 5 }, "'model' is the name of one, as text."],
    ['a pace that is none', { rotateSessionsEveryMs: 0.5 }, "'rotateSessionsEveryMs' is a whole number"],
  ])('%s is a 400 with a sentence', async (_case, control, sentence) => {
    const { status, body } = await ask(control)
    expect(status).toBe(400)
    expect(body).toEqual({ error: expect.stringContaining(sentence) })
    expect(await (await fetch(`${sandbox.url}/sandbox/faults`)).json()).toMatchObject({ waiting: [] })
  })

  test('of another type is a 415: other sites can send that unasked', async () => {
    expect((await ask({ fault: 'server_error' }, 'text/plain')).status).toBe(415)
  })

  test('of another method is a 405', async () => {
    const response = await fetch(`${sandbox.url}/sandbox/faults`, { method: 'PUT' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'DELETE, GET, POST'])
  })

  test('is the hundred and first', async () => {
    for (let index = 0; index < 100; index += 1) await ask({ fault: 'server_error', path: '/nowhere' })
    expect(await ask({ fault: 'server_error' })).toMatchObject({ status: 400 })
  })
})

test('without the option the address is not there', async () => {
  const plain = await startTestSandbox()
  const response = await fetch(`${plain.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"fault": "server_error"}',
  })
  expect(response.status).toBe(404)
  await plain.close()
})

test('a sandbox is closed while somebody waits', async () => {
  const closing = await startTestSandbox({ faults: true })
  await fetch(`${closing.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"fault": "slow", "ms": 60000}',
  })
  const waiting = fetch(`${closing.url}/web/health`)
  const ended = expect(waiting).rejects.toThrow()
  // The request has arrived once its wish is used up.
  while ((await waitingAt(closing)) > 0);
  await closing.close()
  await ended
})

async function waitingAt({ url }: Sandbox): Promise<number> {
  const { waiting } = (await (await fetch(`${url}/sandbox/faults`)).json()) as { waiting: unknown[] }
  return waiting.length
}
