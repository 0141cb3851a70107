import { decode } from 'fast-png'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox
let admin: Client
let demo: Client
let portal: Client

beforeAll(async () => {
  sandbox = await startTestSandbox()
  const sign = (login: string) => signIn(sandbox, login)
  ;[admin, demo, portal] = [await sign('admin'), await sign('demo'), await sign('portal')]
})
afterAll(() => sandbox.close())

async function get(path: string, client?: Client, headers: Record<string, string> = {}): Promise<Response> {
  const cookie = client === undefined ? {} : { cookie: `session_id=${client.sessionId}` }
  return await fetch(sandbox.url + path, { headers: { ...headers, ...cookie }, redirect: 'manual' })
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

const attach = async (values: Record<string, unknown>, client = admin) =>
  Number(await client.call('ir.attachment', 'create', [values]))

/** Base64 of a text. */
const datas = (text: string) => Buffer.from(text).toString('base64')

describe('a file', () => {
  test('comes with its name, its type, and headers that let a browser run nothing in it', async () => {
    const id = await attach({ name: 'page é.html', datas: datas('<script>alert(1)</script>') })
    const response = await get(`/web/content/${id}`, admin)
    expect(await response.text()).toBe('<script>alert(1)</script>')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `inline; filename="page e.html"; filename*=UTF-8''page%20%C3%A9.html`,
      'cache-control': 'no-cache, private',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  test('is saved under the name that the address gives', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a') })
    const response = await get(`/web/content/${id}/other.txt?download=1`, admin)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=other.txt')
  })

  test('that is not public is not there for who may not read it', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a'), res_model: 'res.partner', res_id: 15 })
    const statuses = await Promise.all([admin, demo, portal, undefined].map((user) => get(`/web/content/${id}`, user)))
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 404, 404])
  })

  test('that is public is there for everybody, and anybody may keep it', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a'), public: true })
    const response = await get(`/web/content/${id}?unique=1`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('opens with its token and with no other', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a') })
    const [token] = (await admin.call('ir.attachment', 'generate_access_token', [[id]])) as string[]
    expect((await get(`/web/content/${id}?access_token=${token}`)).status).toBe(200)
    expect((await get(`/web/content/${id}?access_token=bad`)).status).toBe(404)
  })

  test('is not sent again to who has it', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a'), public: true })
    const etag = (await get(`/web/content/${id}`)).headers.get('etag') ?? ''
    const again = await get(`/web/content/${id}`, undefined, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get(`/web/content/${id}`, undefined, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  const RANGES: readonly (readonly [string, number, string | null])[] = [
    ['bytes=2-4', 206, 'bytes 2-4/10'],
    ['bytes=7-', 206, 'bytes 7-9/10'],
    ['bytes=-3', 206, 'bytes 7-9/10'],
    ['bytes=8-99', 206, 'bytes 8-9/10'],
    ['bytes=20-40', 416, 'bytes */10'],
    ['bytes=4-2', 416, 'bytes */10'],
    ['bytes=1-2,4-5', 416, 'bytes */10'],
    ['lines=1-2', 416, 'bytes */10'],
  ]
  test.each(RANGES)('in the part %s is %i', async (range, status, told) => {
    const id = await attach({ name: 'a.txt', datas: datas('0123456789'), public: true })
    const response = await get(`/web/content/${id}`, undefined, { range })
    expect([response.status, response.headers.get('content-range')]).toEqual([status, told])
    if (told?.startsWith('bytes 7-9')) expect(await response.text()).toBe('789')
  })

  test('of a type that would begin another header does not', async () => {
    const id = await attach({ name: 'a.txt', datas: datas('a'), mimetype: 'text/plain\r\nX-Evil: é' })
    const response = await get(`/web/content/${id}`, admin)
    expect(response.headers.get('content-type')).toBe('text/plainx-evil: ; charset=utf-8')
    expect(response.headers.has('x-evil')).toBe(false)
  })

  test('elsewhere is where its address leads', async () => {
    const id = await attach({ name: 'u', type: 'url', url: 'https://example.org/x', public: true })
    const response = await get(`/web/content/${id}`)
    expect([response.status, response.headers.get('location')]).toEqual([301, 'https://example.org/x'])
  })

  test.each([
    ['a field that holds no file', '/web/content/res.partner/15/name', 404],
    ['a field that does not exist', '/web/content/res.partner/15/nope', 404],
    ['a model that does not exist', '/web/content/nope.model/1/x', 404],
    ['a record that does not exist', '/web/content/res.partner/999999/image_128', 404],
    ['an unknown external name', '/web/content/base.nope', 404],
    ['nothing at all', '/web/content', 404],
    ['an id that is no number', '/web/content?id=abc', 500],
    ['a word that is neither yes nor no', '/web/content/res.partner/15/image_128?download=perhaps', 500],
  ])('of %s: %s is %i', async (_name, path, status) => {
    expect((await get(path, admin)).status).toBe(status)
  })
})

describe('a picture', () => {
  test('comes in the size that is asked for, and of another content its tag is another', async () => {
    const full = await get('/web/image/res.partner/15/image_1920', admin)
    const small = await get('/web/image/res.partner/15/image_1920/32x16', admin)
    const { width, height } = decode(await bytesOf(small))
    expect([width, height]).toEqual([16, 16])
    expect(small.headers.get('etag')).not.toBe(full.headers.get('etag'))
  })

  test.each([
    ['for strangers', '/web/image/res.partner/15/image_128', 128],
    ['in the size asked for', '/web/image/999999/40x40', 40],
    ['of an unknown field', '/web/image/res.partner/15/nope', 256],
  ])('that is missing or refused has a placeholder: %s', async (_name, path, side) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toBe('inline; filename=placeholder.png')
    expect(decode(await bytesOf(response)).width).toBe(side)
  })

  test('that is missing is not there to be saved', async () => {
    expect((await get('/web/image/res.partner/15/image_128?download=1')).status).toBe(404)
  })

  test('that is none goes out as unknown bytes, and no size can be made of it', async () => {
    const id = await attach({ name: 't.txt', datas: datas('hey'), public: true })
    expect((await get(`/web/image/${id}`)).headers.get('content-type')).toBe('application/octet-stream')
    const sized = await get(`/web/image/${id}/20x10`)
    expect(sized.headers.get('content-disposition')).toBe('inline; filename=placeholder.png')
  })

  test('of a company is for everybody, and a browser of another site may show it', async () => {
    const response = await get('/logo')
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const none = await get('/web/binary/company_logo?company=99')
    expect(none.headers.get('content-disposition')).toBe('inline; filename=nologo.png')
  })
})

describe('a report', () => {
  const guide = '/report/pdf/base.report_irmodeloverview/1,2'

  test('is a PDF with a page a record', async () => {
    const response = await get(guide, admin)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect((await PDFDocument.load(await bytesOf(response))).getPageCount()).toBe(2)
  })

  test.each([
    ['customers', () => portal, 403],
    ['employees without the rights', () => demo, 403],
    ['nobody', () => undefined, 303],
  ])('is not for %s', async (_name, client, status) => {
    expect((await get(guide, client())).status).toBe(status)
  })

  test.each([
    ['/report/html/nope.nope/1', 500],
    ['/report/html/base.report_irmodeloverview/999999', 400],
    ['/report/html/base.report_irmodeloverview/1?context=abc', 500],
    ['/report/docx/base.report_irmodeloverview/1', 200],
  ])('%s is %i', async (path, status) => {
    expect((await get(path, admin)).status).toBe(status)
  })
})

describe('an upload and an export', () => {
  const tokenOf = async (client: Client) => {
    const page = await (await get('/odoo', client)).text()
    return /csrf_token: "([^"]+)"/.exec(page)?.[1] ?? ''
  }

  async function send(path: string, fields: Record<string, string | File>, client: Client): Promise<Response> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    const cookie = `session_id=${client.sessionId}`
    return await fetch(sandbox.url + path, { method: 'POST', headers: { cookie }, body: form })
  }

  const file = new File(['hello'], '<é>.txt', { type: 'text/plain' })
  const upload = '/web/binary/upload_attachment'

  test('without the token of the session are refused, and nothing is kept', async () => {
    const before = await admin.call('ir.attachment', 'search_count', [[]])
    const response = await send(upload, { model: 'res.partner', id: '15', ufile: file }, admin)
    expect(response.status).toBe(400)
    expect(await admin.call('ir.attachment', 'search_count', [[]])).toBe(before)
  })

  test('of a file is told by its id, with a name that is no markup', async () => {
    const fields = { model: 'res.partner', id: '15', ufile: file, csrf_token: await tokenOf(admin) }
    const text = await (await send(upload, fields, admin)).text()
    expect(text).toMatch(/^\[\{"filename": "\\u00e9>\.txt", "mimetype": "text\/plain", "id": \d+, "size": 5\}\]$/)
    const [{ id }] = JSON.parse(text) as [{ id: number }]
    const read = await admin.call('ir.attachment', 'read', [[id], ['name', 'datas', 'res_model', 'res_id']])
    const kept = { id, name: '<é>.txt', datas: datas('hello'), res_model: 'res.partner', res_id: 15 }
    expect(read).toEqual([kept])
  })

  test.each([
    [
      'a record that the user may not write',
      { model: 'res.users', id: '2' },
      'You are not allowed to upload an attachment here.',
    ],
    ['an id that is no number', { model: 'res.partner', id: 'abc' }, 'Something horrible happened'],
    ['an unknown model', { model: 'nope.x', id: '1' }, 'Something horrible happened'],
  ])('to %s is refused in the words of Odoo', async (_name, place, sentence) => {
    const response = await send(upload, { ...place, ufile: file, csrf_token: await tokenOf(demo) }, demo)
    expect([response.status, await response.json()]).toEqual([200, [{ error: sentence }]])
  })

  test('is a file with the labels and values of records', async () => {
    const data = JSON.stringify({
      model: 'res.partner.category',
      fields: [
        { name: 'name', label: 'Name' },
        { name: 'color', label: 'Color' },
      ],
      ids: [1, 2],
      domain: [],
      import_compat: false,
    })
    const response = await send('/web/export/csv', { data, csrf_token: await tokenOf(admin) }, admin)
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Partner%20Tags%20%28res.partner.category%29.csv",
    )
    expect(await response.text()).toMatch(/^"Name","Color"\r\n"[^"]+","\d+"\r\n"[^"]+","\d+"\r\n$/)
  })

  test('of an unknown model is a failure that the web client can read', async () => {
    const data = JSON.stringify({ model: 'nope', fields: [], ids: [1], domain: [], import_compat: false })
    const response = await send('/web/export/xlsx', { data, csrf_token: await tokenOf(admin) }, admin)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('builtins.KeyError')
  })
})
