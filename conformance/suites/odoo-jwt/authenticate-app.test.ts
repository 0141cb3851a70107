import { describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn, wrapped } from '../../harness/envelope.ts'
import { call } from '../../harness/http-call.ts'
import { numberAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const PATH = '/api/authenticate'
const { login, password } = target.users.demo

describe('POST /api/authenticate as an app', () => {
  test.each(BODY_FORMS)('answers the six members and no cookie (%s)', async (form) => {
    const answer = await call(target.url, { path: PATH, json: inForm(form, { db: target.database, login, password }) })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/)
    expect(answer.cookies).toEqual([])
    const result = objectOf(resultIn(form, answer.json))
    expect(Object.keys(result).sort()).toEqual([
      'long_term_token_span',
      'refreshToken',
      'rotation_period',
      'short_term_token_span',
      'token',
      'user_id',
    ])
    expect(numberAt(result, 'user_id')).toBeGreaterThan(0)
    expect(textAt(result, 'token').split('.')).toHaveLength(3)
  })

  test('tells the lives: access 60 s, refresh 3600 s, rotation after 2700 s', async () => {
    const answer = await call(target.url, { path: PATH, json: { login, password } })
    expect(answer.json).toMatchObject({
      short_term_token_span: 60,
      long_term_token_span: 3600,
      rotation_period: 2700,
    })
  })

  test('needs no db where one database is configured', async () => {
    const answer = await call(target.url, { path: PATH, json: { login, password } })
    expect(answer.status).toBe(200)
  })

  test('gives an access token that opens a protected call', async () => {
    const answer = await call(target.url, { path: PATH, json: { login, password } })
    expect((await useToken(target.url, textAt(answer.json, 'token'))).status).toBe(200)
  })

  test('gives tokens of its own to every sign-in', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => call(target.url, { path: PATH, json: { login, password } })),
    )
    expect(textAt(one?.json, 'token')).not.toBe(textAt(other?.json, 'token'))
    expect(textAt(one?.json, 'refreshToken')).not.toBe(textAt(other?.json, 'refreshToken'))
    expect(numberAt(one?.json, 'user_id')).toBe(numberAt(other?.json, 'user_id'))
  })

  test('takes an override of a browser-like user agent', async () => {
    const headers = { 'User-Agent': 'Mozilla/5.0', 'X-Client-Type': 'app' }
    const answer = await call(target.url, { path: PATH, headers, json: { login, password } })
    expect(answer.status).toBe(200)
    expect(textAt(answer.json, 'refreshToken')).not.toBe('')
    expect(answer.cookies).toEqual([])
  })

  test('lets the last of a repeated member win', async () => {
    const body = `{"login":"nobody","login":${JSON.stringify(login)},"password":${JSON.stringify(password)}}`
    const answer = await call(target.url, { path: PATH, headers: { 'Content-Type': 'application/json' }, body })
    expect(answer.status).toBe(200)
  })
})

describe('the JSON-RPC envelope of an answer', () => {
  test.each([
    ['a number', 42],
    ['text', 'r-7'],
    ['zero', 0],
    ['null', null],
  ])('carries the id of the request: %s', async (_name, id) => {
    const answer = await call(target.url, { path: PATH, json: wrapped({ login, password }, id) })
    expect(answer.status).toBe(200)
    expect(Object.keys(objectOf(answer.json)).sort()).toEqual(['id', 'jsonrpc', 'result'])
    expect(answer.json).toMatchObject({ jsonrpc: '2.0', id })
  })

  test('is used for a request that has params and no jsonrpc', async () => {
    const answer = await call(target.url, { path: PATH, json: { params: { login, password } } })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ jsonrpc: '2.0', result: { token: expect.any(String) } })
  })

  test('is used for a request that has jsonrpc and no params', async () => {
    const answer = await call(target.url, { path: PATH, json: { jsonrpc: '2.0', id: 5 } })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ jsonrpc: '2.0', id: 5, error: { code: 200 } })
  })
})
