import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn, updateAccessToken, updateRefreshToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let records: Records
let scratch: Scratch
let partnerId: number

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
  records = recordsOf(session)
  scratch = openScratch(records)
  partnerId = await scratch.partner({ phone: 'before' })
})
afterAll(() => scratch.clean())

/** A JSON route: what a good call carries beside the body, and where in a good body a text stands. */
type Route = {
  readonly name: string
  readonly method: string
  readonly path: () => string
  readonly headers: () => Promise<RequestHeaders>
  readonly withText: (text: string) => string
}

const none = async (): Promise<RequestHeaders> => ({})
const bearer = async (): Promise<RequestHeaders> => ({ Authorization: `Bearer ${await session.bearer()}` })
const both = async (): Promise<RequestHeaders> => ({ ...(await bearer()), refreshToken: session.refreshToken })

const ROUTES: readonly Route[] = [
  { name: 'authenticate', method: 'POST', path: () => '/api/authenticate', headers: none, withText: credentials },
  { name: 'login', method: 'POST', path: () => '/api/login', headers: none, withText: credentials },
  {
    name: 'update/access-token',
    method: 'POST',
    path: () => '/api/update/access-token',
    headers: none,
    withText: (text) => JSON.stringify({ refreshToken: session.refreshToken }).replace('}', `,"x":"${text}"}`),
  },
  {
    name: 'update/refresh-token',
    method: 'POST',
    path: () => '/api/update/refresh-token',
    headers: both,
    withText: (text) => `{"user_id":"${text}"}`,
  },
  { name: 'revoke/token', method: 'POST', path: () => '/api/revoke/token', headers: both, withText: anything },
  { name: 'protected/json', method: 'POST', path: () => '/api/protected/json', headers: bearer, withText: anything },
  {
    name: 'send_request POST',
    method: 'POST',
    path: () => '/api/send_request?model=res.partner',
    headers: bearer,
    withText: (text) => `{"values":{"name":"${scratch.marker} ${text}"}}`,
  },
  {
    name: 'send_request PUT',
    method: 'PUT',
    path: () => `/api/send_request?model=res.partner&id=${partnerId}`,
    headers: bearer,
    withText: (text) => `{"values":{"phone":"${text}"}}`,
  },
]

/** Bodies that no JSON route can take. A function gets the route for a body that is good but for one thing. */
const BODIES: [string, (route: Route) => string | Buffer][] = [
  ['empty', () => ''],
  ['white space', () => ' \n'],
  ['cut off', (route) => route.withText('x').slice(0, -1)],
  ['trailing text', (route) => `${route.withText('x')} x`],
  ['two documents', (route) => route.withText('x').repeat(2)],
  ['an array', () => '[]'],
  ['an array of a good body', (route) => `[${route.withText('x')}]`],
  ['null', () => 'null'],
  ['a number', () => '42'],
  ['text', () => '"text"'],
  ['true', () => 'true'],
  ['no JSON', () => 'login=demo&password=demo'],
  ['single quotes', () => "{'login': 'demo'}"],
  ['1,000 levels of lists', () => `{"x":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
  ['1,000 levels of objects', () => `${'{"x":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
  ['100,000 open brackets', () => '['.repeat(100_000)],
  ['a NUL in a text', (route) => route.withText('a\\u0000b')],
  ['a raw NUL', (route) => route.withText('a\u0000b')],
  ['a lone high surrogate', (route) => route.withText('a\\ud800b')],
  ['a lone low surrogate', (route) => route.withText('a\\udc00b')],
  ['bytes that are no UTF-8', (route) => Buffer.from(route.withText('a\u00ff\u00feb'), 'latin1')],
  ['2 MB', (route) => route.withText('x'.repeat(2_000_000))],
]

describe.each(ROUTES)('$name', (route) => {
  test.each(BODIES)('refuses a body that is %s with 4xx in its own shape; nothing changed', async (_name, body) => {
    const headers = { 'Content-Type': 'application/json', ...(await route.headers()) }
    expectRefused(await send(route, body(route), headers), { status: [400, 413, 415] })
    await expectUnchanged()
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('refuses the content type %s with 4xx in its own shape; nothing changed', async (type) => {
    const answer = await send(route, route.withText('x'), { 'Content-Type': type, ...(await route.headers()) })
    expectRefused(answer, { status: [400, 415] })
    await expectUnchanged()
  })
})

test('a body above 1 MiB is 413 on every route', async () => {
  for (const route of ROUTES) {
    const headers = { 'Content-Type': 'application/json', ...(await route.headers()) }
    expectRefused(await send(route, route.withText('x'.repeat(2_000_000)), headers), { status: 413 })
  }
})

function send(route: Route, body: string | Buffer, headers: RequestHeaders): Promise<Answer> {
  return call(target.url, { method: route.method, path: route.path(), headers, body })
}

/** The grant lives with the same refresh token, the partner is as it was, and no other was made. */
async function expectUnchanged(): Promise<void> {
  expect((await call(target.url, { path: '/healthz' })).status).toBe(200)
  expect((await updateAccessToken(session)).status).toBe(200)
  const list = await records.list('res.partner', { fields: ['phone'], domain: [['name', 'like', scratch.marker]] })
  expect(list).toEqual([{ id: partnerId, phone: 'before' }])
}

test('after all that, the tokens still rotate and open calls', async () => {
  const token = await session.bearer()
  expect((await useToken(target.url, token)).status).toBe(200)
  expect((await updateRefreshToken({ ...session, token })).status).toBe(200)
})

/** Good credentials, so that a body which is taken after all shows as a success. */
function credentials(text: string): string {
  return JSON.stringify(target.users.demo).replace('}', `,"x":"${text}"}`)
}

function anything(text: string): string {
  return `{"x":"${text}"}`
}
