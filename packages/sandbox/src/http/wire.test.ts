import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { post, signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let sessionId: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  sessionId = (await signIn(sandbox, 'admin')).sessionId
})

afterAll(() => sandbox.close())

const COUNT = { model: 'res.partner', method: 'search_count', args: [[['id', '=', 1]]], kwargs: {} }

const send = (body: string, contentType = 'application/json', path = '/web/dataset/call_kw', method = 'POST') =>
  fetch(sandbox.url + path, {
    method,
    headers: { 'content-type': contentType, cookie: `session_id=${sessionId}` },
    body,
  })

const envelope = (params: unknown, id: unknown = 1) => JSON.stringify({ jsonrpc: '2.0', method: 'call', id, params })

describe('a call', () => {
  test.each([
    '/web/dataset/call_kw',
    '/web/dataset/call_kw/res.partner/search_count',
    '/web/dataset/call_kw/res.users/unlink',
  ])('is read from the body, whatever the path says: %s', async (path) => {
    expect((await post(sandbox, path, COUNT, sessionId)).body.result).toBe(1)
  })

  test.each(['text', 1.5, null, { a: [1] }])('gives its id back as it came: %j', async (id) => {
    expect(await (await send(envelope(COUNT, id))).json()).toEqual({ jsonrpc: '2.0', id, result: 1 })
  })

  test.each(['PUT', 'PATCH', 'DELETE'])('runs with any HTTP method: %s', async (method) => {
    const response = await send(envelope(COUNT), 'application/json', undefined, method)
    expect(await response.json()).toMatchObject({ result: 1 })
  })

  test.each(['application/json; charset=latin1', 'APPLICATION/JSON', 'application/json-rpc'])(
    'takes the content type %s',
    async (contentType) => {
      expect(await (await send(envelope(COUNT), contentType)).json()).toMatchObject({ result: 1 })
    },
  )

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/vnd.api+json'])(
    'is a 400 page with the content type %s',
    async (contentType) => {
      const response = await send(envelope(COUNT), contentType)
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await response.text()).toContain(
        'Request inferred type is compatible with [&#39;http&#39;] but &#39;/web/dataset/call_kw&#39; is type=&#39;json&#39;.',
      )
    },
  )
})

describe('a body that is no call', () => {
  test.each([
    ['nothing', '', 'json.decoder.JSONDecodeError'],
    ['cut', '{"params": {', 'json.decoder.JSONDecodeError'],
    ['a list', '[]', 'builtins.TypeError'],
    ['null', 'null', 'builtins.TypeError'],
    ['a number', '5', 'builtins.TypeError'],
    ['params that are a list', '{"params": [1]}', 'builtins.TypeError'],
    ['params left out', '{}', 'builtins.KeyError'],
    ['brackets without end', '['.repeat(100_000), 'builtins.RecursionError'],
  ])('%s: an envelope on call_kw', async (_case, body, exception) => {
    const response = await send(body)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ id: null, error: { code: 200, data: { name: exception } } })
  })

  test.each([
    ['{"id": 7, "params": []}', { id: 7, result: { server_serie: '18.0' } }],
    ['{"id": 7, "params": ""}', { id: 7, result: { server_serie: '18.0' } }],
    ['{"id": 7, "params": [1]}', { id: 7, error: { data: { name: 'builtins.TypeError' } } }],
    ['{"id": 7, "params": "x"}', { id: 7, error: { data: { name: 'builtins.ValueError' } } }],
    ['{"id": 7, "params": null}', { id: 7, error: { data: { name: 'builtins.TypeError' } } }],
  ])('but whose id is known gives it back on the other routes: %s', async (body, expected) => {
    const response = await send(body, 'application/json', '/web/webclient/version_info')
    expect(await response.json()).toMatchObject(expected)
  })

  test.each([
    ['{"id": 3, "params": {"model": "nope"}}', 'werkzeug.exceptions.NotFound'],
    ['{"id": 3, "params": {"model": ["res.partner"]}}', 'builtins.TypeError'],
    ['{"id": 3, "params": {"model": "res.partner"}}', 'builtins.KeyError'],
    ['{"id": 3, "params": {"model": "res.partner", "method": 5}}', 'builtins.TypeError'],
  ])('that 18 looks into before it asks who calls: no id is given back for %s', async (body, name) => {
    expect(await (await send(body)).json()).toMatchObject({ id: null, error: { data: { name } } })
  })

  test('holds numbers that only Python knows', async () => {
    const response = await send(`{"id": 4, "params": {"model": "res.partner", "method": "search", "args": [[]],
      "kwargs": {"limit": NaN, "offset": -Infinity, "order": "id -- NaN"}}}`)
    expect(await response.json()).toMatchObject({ id: 4, error: { data: { name: expect.any(String) } } })
  })

  test('is a 400 on the other routes', async () => {
    const response = await send('{', 'application/json', '/web/session/authenticate')
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('Invalid JSON data')
  })

  test('of more than 32 MiB is refused', async () => {
    const response = await send('x'.repeat(33 * 1024 * 1024))
    expect(response.status).toBe(413)
  })

  test('with a file is read up to the size that the session tells', async () => {
    const form = new FormData()
    form.set('ufile', new Blob([Buffer.alloc(33 * 1024 * 1024)]), 'large.bin')
    const response = await fetch(`${sandbox.url}/web/binary/upload_attachment`, { method: 'POST', body: form })
    expect(response.status).not.toBe(413)
  })

  test('with an escaped character beside a long list is read', async () => {
    const ids = JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index + 1))
    const text = `{"id":1,"params":{"model":"res.partner","method":"search_count","args":[["|",["name","=","\\ud83d\\ude00"],["id","in",${ids}]]],"kwargs":{}}}`
    const response = await send(text)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ result: expect.any(Number) })
  })

  test('with half a character in a value is a 500 page', async () => {
    const params = { ...COUNT, args: [[['name', '=', '\ud800x']]] }
    const response = await send(envelope(params))
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('<h1>Internal Server Error</h1>')
  })
})

describe('what does not exist', () => {
  test.each(['/nope', '/WEB', '/web/dataset/call', '/jsonrpc/x', '/web/static/nope.png'])(
    '%s is a page of the portal, also for JSON',
    async (path) => {
      const response = await send(envelope({}), 'application/json', path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8')
      expect(response.headers.get('set-cookie')).toContain('frontend_lang=en_US')
      expect(await response.text()).toContain('<h1>Error 404</h1>')
    },
  )

  test('a model is told before the session is asked', async () => {
    const { body } = await post(sandbox, '/web/dataset/call_kw', { ...COUNT, model: 'nope.model' })
    expect(body.error).toMatchObject({
      code: 404,
      message: '404: Not Found',
      data: { name: 'werkzeug.exceptions.NotFound', arguments: [] },
    })
  })

  test.each([
    ['a method', 'nope', 'builtins.AttributeError', "The method 'res.partner.nope' does not exist"],
    ['an empty name', '', 'builtins.AttributeError', "The method 'res.partner.' does not exist"],
    ['a field as a method', 'name', 'builtins.AttributeError', "The method 'res.partner.name' does not exist"],
    [
      'what every object has',
      'constructor',
      'builtins.AttributeError',
      "The method 'res.partner.constructor' does not exist",
    ],
    [
      'a private method',
      '_write',
      'odoo.exceptions.AccessError',
      "Private methods (such as 'res.partner._write') cannot be called remotely.",
    ],
    [
      'a method kept private',
      'sudo',
      'odoo.exceptions.AccessError',
      "Private methods (such as 'res.partner.sudo') cannot be called remotely.",
    ],
  ])('%s', async (_case, method, name, message) => {
    const { body } = await post(sandbox, '/web/dataset/call_kw', { ...COUNT, method }, sessionId)
    expect(body.error?.data).toMatchObject({ name, message })
  })
})

describe('an error', () => {
  test('holds nothing of the sandbox itself', async () => {
    const { body } = await post(sandbox, '/web/dataset/call_kw', { ...COUNT, args: ['x'] }, sessionId)
    expect(JSON.stringify(body)).not.toMatch(/\.ts|node:|\/src\//)
    expect(body.error?.data.debug).toContain('Traceback')
  })
})

describe('a connection', () => {
  test('is kept open for the next call, and closed when the client asks', async () => {
    const connection = (header: string) =>
      new Promise<string | undefined>((resolve, reject) => {
        const asked = request(`${sandbox.url}/web/health`, { headers: { connection: header } }, (response) => {
          response.resume()
          resolve(response.headers.connection)
        })
        asked.on('error', reject)
        asked.end()
      })
    expect(await connection('keep-alive')).toBe('keep-alive')
    expect(await connection('close')).toBe('close')
  })

  test('without a Host header is answered by a 500 page', async () => {
    const { port } = new URL(sandbox.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', path: '/web/health', setHost: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject)
      asked.end()
    })
    expect(status).toBe(500)
  })
})
