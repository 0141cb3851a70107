import { beforeAll, describe, expect, test } from 'vitest'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { readProtected, type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let other: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
  other = await signIn(target.url, target.users.demo)
})

/** Every place of an access token, as old and new clients write it. */
const POSITIONS: [string, (token: string) => RequestHeaders][] = [
  ['Authorization: Bearer', (token) => ({ Authorization: `Bearer ${token}` })],
  ['Authorization: bearer (a scheme has no case, RFC 9110 §11.1)', (token) => ({ Authorization: `bearer ${token}` })],
  ['Authorization without a scheme', (token) => ({ Authorization: token })],
  ['access_token', (token) => ({ access_token: token })],
  ['access-token', (token) => ({ 'access-token': token })],
  ['Access-Token', (token) => ({ 'Access-Token': token })],
]

describe('an access token opens a protected call', () => {
  test.each(POSITIONS)('in %s', async (_name, headers) => {
    expect((await readProtected(target.url, headers(await session.bearer()))).status).toBe(200)
  })
})

describe('the same credential twice is one', () => {
  test.each<[string, (token: string) => RequestHeaders]>([
    ['Bearer and access_token', (token) => ({ Authorization: `Bearer ${token}`, access_token: token })],
    ['Bearer and access-token', (token) => ({ Authorization: `Bearer ${token}`, 'access-token': token })],
    ['access_token and access-token', (token) => ({ access_token: token, 'access-token': token })],
    ['all of them', (token) => ({ Authorization: `Bearer ${token}`, access_token: token, 'access-token': token })],
    ['the bare token and access_token', (token) => ({ Authorization: token, access_token: token })],
    ['two Authorization headers', (token) => ({ Authorization: [`Bearer ${token}`, `Bearer ${token}`] })],
  ])('%s', async (_name, headers) => {
    expect((await readProtected(target.url, headers(await session.bearer()))).status).toBe(200)
  })
})

describe('two different credentials: 400 multiple_credentials', () => {
  const cases: [string, (one: string, two: string) => RequestHeaders][] = [
    ['Bearer and access_token', (one, two) => ({ Authorization: `Bearer ${one}`, access_token: two })],
    ['Bearer and access-token', (one, two) => ({ Authorization: `Bearer ${one}`, 'access-token': two })],
    ['access_token and access-token', (one, two) => ({ access_token: one, 'access-token': two })],
    ['the bare token and access_token', (one, two) => ({ Authorization: one, access_token: two })],
    ['Bearer and X-API-Key', (one) => ({ Authorization: `Bearer ${one}`, 'X-API-Key': 'ghk_0123456789abcdef' })],
    ['Bearer and api-key', (one) => ({ Authorization: `Bearer ${one}`, 'api-key': 'ghk_0123456789abcdef' })],
    ['Bearer and API-KEY', (one) => ({ Authorization: `Bearer ${one}`, 'API-KEY': 'ghk_0123456789abcdef' })],
    ['two Authorization headers', (one, two) => ({ Authorization: [`Bearer ${one}`, `Bearer ${two}`] })],
    ['two access_token headers', (one, two) => ({ access_token: [one, two] })],
    ['a good one and a bad one', (one) => ({ Authorization: `Bearer ${one}`, access_token: 'x.y.z' })],
  ]

  test.each(cases)('%s', async (_name, headers) => {
    const [one, two] = [await session.bearer(), await other.bearer()]
    const refusal = { status: 400, code: 'multiple_credentials' }
    expectRefused(await readProtected(target.url, headers(one, two)), refusal)
    const query = { model: 'res.country', fields: '["code"]', limit: 1 }
    expectRefused(await call(target.url, { path: '/api/send_request', query, headers: headers(one, two) }), refusal)
  })

  test('refreshToken is not one of the two', async () => {
    const headers = { Authorization: `Bearer ${await session.bearer()}`, refreshToken: session.refreshToken }
    expect((await readProtected(target.url, headers)).status).toBe(200)
  })
})

describe('something that is no credential of ours: 401', () => {
  test.each<[string, RequestHeaders]>([
    ['Basic', { Authorization: `Basic ${Buffer.from('demo:demo').toString('base64')}` }],
    ['Digest', { Authorization: 'Digest username="demo"' }],
    ['a Bearer of two words', { Authorization: 'Bearer a b' }],
    ['an unknown API key', { 'X-API-Key': 'ghk_0123456789abcdef0123456789abcdef' }],
    ['an unknown API key as Bearer', { Authorization: 'Bearer ghk_0123456789abcdef0123456789abcdef' }],
    ['a cookie with the name of the header', { Cookie: 'access_token=x.y.z' }],
  ])('%s', async (_name, headers) => {
    expectRefused(await readProtected(target.url, headers), { status: 401 })
  })
})
