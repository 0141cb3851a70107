import { describe, expect, test } from 'vitest'
import { type Answer, recordedAnswer, wireAnswer } from './answer.ts'

const FAULT = { name: 'odoo.exceptions.AccessError', message: 'No', arguments: ['No'], context: {}, debug: 'Traceback' }

/** What a body of a media type is told to be. */
const cases: readonly (readonly [name: string, type: string, body: string, told: Partial<Answer>])[] = [
  ['a result', 'application/json', '{"jsonrpc":"2.0","id":1,"result":false}', { kind: 'result' }],
  ['an envelope with neither', 'application/json', '{"jsonrpc":"2.0","id":1}', { kind: 'none' }],
  ['a flat result', 'application/json', '[1]', { kind: 'json', body: [1] }],
  ['a flat null', 'application/json', 'null', { kind: 'json', body: null }],
  ['JSON that is told to be a page', 'text/html', '[{"id":1}]', { kind: 'json' }],
  ['a page', 'text/html; charset=utf-8', '<!doctype html><title>404</title>', { kind: 'html', body: null }],
  [
    'a sentence that is told to be a page',
    'text/html',
    'Invalid JSON data',
    { kind: 'text', body: 'Invalid JSON data' },
  ],
  ['a file', 'text/plain', 'hello\n', { kind: 'text', body: 'hello' }],
  ['a picture', 'image/png', '\x89PNG....', { kind: 'binary', media: 'image/png c289504e472e2e2e' }],
  ['nothing', 'text/html', '', { kind: 'empty', body: null }],
]

describe('the wire', () => {
  test.each(cases)('%s', (_name, type, body, told) => {
    const answer = wireAnswer({ status: 200, headers: { 'content-type': type }, body: Buffer.from(body) })
    expect(answer).toMatchObject(told)
  })

  test('the last part of an exception counts, in an envelope and flat', () => {
    const error = { code: 200, message: 'Odoo Server Error', data: { ...FAULT, name: 'fork.exceptions.AccessError' } }
    const read = (body: object) =>
      wireAnswer({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
      })
    expect(read({ jsonrpc: '2.0', id: 1, error })).toMatchObject({
      kind: 'error',
      body: { error: { data: { name: 'AccessError' } } },
    })
    expect(read(FAULT)).toMatchObject({ kind: 'json', body: { name: 'AccessError', message: 'No' } })
  })

  test('what a sign-in page asks and says', () => {
    const html = `<html><form><input type="hidden" name="csrf_token" value="t"/><input name="redirect"/>
      <input required name="login"/><p class="alert" role="alert">\n Wrong <b>login</b>/password </p></form></html>`
    const { page } = wireAnswer({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(html) })
    expect(page).toEqual({ inputs: ['csrf_token', 'login'], alert: 'Wrong login /password' })
  })

  test('headers that a client acts upon', () => {
    const headers = {
      location: 'http://127.0.0.1:8069/odoo?a=b',
      'set-cookie': ['frontend_lang=en_US; Path=/', 'session_id=abc; Path=/'],
      'www-authenticate': 'Bearer ',
      'content-disposition': 'inline; filename=a.png',
    }
    expect(wireAnswer({ status: 303, headers, body: Buffer.alloc(0) })).toMatchObject({
      location: '/odoo?a=b',
      sessions: ['abc'],
      challenge: 'bearer',
      disposition: 'inline; filename=a.png',
    })
  })
})

describe('XML-RPC', () => {
  const read = (inner: string) =>
    wireAnswer({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: Buffer.from(`<?xml version="1.0"?><methodResponse>${inner}</methodResponse>`),
    }).body
  const fault = (code: string, sentence: string) =>
    read(
      `<fault><value><struct><member><name>faultCode</name><value>${code}</value></member>` +
        `<member><name>faultString</name><value><string>${sentence}</string></value></member></struct></value></fault>`,
    )

  test('a value is told with its type', () => {
    expect(read('<params><param><value><int>2</int></value></param></params>')).toEqual({ leaves: [['int', '2']] })
  })

  test('a fault for people with its name and sentence, one of Python by its kind of code', () => {
    expect(fault('<string>AccessDenied</string>', 'Access Denied')).toEqual({
      fault: ['string', 'AccessDenied'],
      sentence: ['string', 'Access Denied'],
    })
    expect(fault('<int>1</int>', 'Traceback (most recent call last):\n KeyError')).toEqual({
      fault: 'int',
      sentence: null,
    })
  })
})

test('recorded bytes are told like those of the wire', () => {
  const headers = { 'content-type': 'image/png' }
  const body = { $binary: { length: 8, first_bytes_hex: '89504e470d0a1a0a', sha256: 'x' } }
  const sent = Buffer.from('89504e470d0a1a0aff', 'hex')
  expect(recordedAnswer({ status: 200, headers, body }, 'GET')).toEqual(
    wireAnswer({ status: 200, headers, body: sent }),
  )
})

test('a recorded answer to HEAD is empty, whatever its type', () => {
  const headers = { 'content-type': 'application/json' }
  expect(recordedAnswer({ status: 404, headers, body: null }, 'HEAD').kind).toBe('empty')
  expect(recordedAnswer({ status: 200, headers, body: null }, 'POST').kind).toBe('json')
})
