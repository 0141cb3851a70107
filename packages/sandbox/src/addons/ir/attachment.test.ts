import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'
import type { OdooVersion } from '../../version/odoo-version.ts'

const SORRY = 'Sorry, you are not allowed to access this document.'
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.each<OdooVersion>([17, 18, 19])('attachments of Odoo %i', (odooVersion) => {
  let sandbox: Sandbox
  let admin: Client
  let demo: Client
  let portal: Client
  let hiddenProject: unknown

  const create = async (who: Client, values: Record<string, unknown>): Promise<number> =>
    Number(await who.call('ir.attachment', 'create', [values]))
  const read = async (who: Client, id: number, fields: string[]): Promise<Record<string, unknown> | undefined> =>
    ((await who.call('ir.attachment', 'read', [[id], fields])) as Record<string, unknown>[])[0]

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion })
    admin = await signIn(sandbox, 'admin')
    demo = await signIn(sandbox, 'demo')
    portal = await signIn(sandbox, 'portal')
    const project = { name: 'Hidden', privacy_visibility: 'followers' }
    hiddenProject = await admin.call('project.project', 'create', [project])
  })

  afterAll(() => sandbox.close())

  test('tell what follows from their content, whatever the client says', async () => {
    const id = await create(admin, { name: 'é.txt', datas: 'aGVsbG8=', checksum: 'x', file_size: 99, store_fname: 'x' })
    const fields = ['datas', 'raw', 'checksum', 'file_size', 'mimetype', 'store_fname', 'index_content', 'local_url']
    const checksum = 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'
    expect(await read(admin, id, fields)).toEqual({
      id,
      datas: 'aGVsbG8=',
      raw: 'hello',
      checksum,
      file_size: 5,
      mimetype: 'text/plain',
      store_fname: `aa/${checksum}`,
      index_content: 'hello',
      local_url: `/web/image/${id}?unique=${checksum}`,
    })
    await admin.call('ir.attachment', 'write', [[id], { raw: 'bye', mimetype: 'text/plain' }])
    expect(await read(admin, id, ['datas', 'file_size'])).toEqual({ id, datas: 'Ynll', file_size: 3 })
  })

  test('without content have none', async () => {
    const id = await create(admin, { name: 'y' })
    const fields = ['datas', 'raw', 'checksum', 'file_size', 'mimetype', 'type', 'res_id', 'res_name']
    expect(await read(admin, id, fields)).toEqual({
      id,
      datas: '',
      raw: false,
      checksum: false,
      file_size: 0,
      mimetype: 'application/octet-stream',
      type: 'binary',
      res_id: 0,
      res_name: false,
    })
  })

  test('that are markup become plain text for whoever may not change views', async () => {
    const page = { name: 'a.html', raw: '<p>hello world</p>' }
    expect((await read(admin, await create(admin, page), ['mimetype']))?.mimetype).toBe('text/html')
    expect((await read(demo, await create(demo, page), ['mimetype']))?.mimetype).toBe('text/plain')
  })

  test('are open as the record is that they are attached to, or to their creator, or to all', async () => {
    const open = await create(admin, { name: 'open', res_model: 'res.partner', res_id: 1 })
    const hidden = await create(admin, { name: 'hidden', res_model: 'project.project', res_id: hiddenProject })
    const own = await create(demo, { name: 'own' })
    const others = await create(admin, { name: 'others' })
    const all = await create(admin, { name: 'all', public: true })
    const ids = [open, hidden, own, others, all]
    expect(await demo.call('ir.attachment', 'search', [[['id', 'in', ids]]])).toEqual([all, own, open])
    expect(await admin.call('ir.attachment', 'search_count', [[['id', 'in', ids]]])).toBe(5)
    for (const id of [hidden, others]) {
      const refusal = await refusalOf(demo.call('ir.attachment', 'read', [[id], ['name']]))
      expect(refusal.exception).toBe('odoo.exceptions.AccessError')
      expect(refusal.message).toContain("doesn't have 'read' access to:\n- Attachment (ir.attachment)")
    }
    expect((await refusalOf(demo.call('ir.attachment', 'write', [[all], { name: 'x' }]))).message).toContain(SORRY)
    const move = demo.call('ir.attachment', 'write', [[own], { res_model: 'project.project', res_id: hiddenProject }])
    expect((await refusalOf(move)).message).toContain(
      odooVersion === 19 ? SORRY : "You are not allowed to modify 'Project' (project.project) records.",
    )
    expect(await read(demo, own, ['name', 'res_model'])).toEqual({ id: own, name: 'own', res_model: false })
    expect(await admin.call('ir.attachment', 'search_count', [[['id', 'in', ids]]])).toBe(5)
  })

  test('are not for portal users', async () => {
    const search = portal.call('ir.attachment', 'search_count', [[]])
    const create = refusalOf(portal.call('ir.attachment', 'create', [{ name: 'x' }]))
    if (odooVersion === 19) {
      expect(await search).toBe(0)
      expect((await create).message).toContain("You are not allowed to create 'Attachment' (ir.attachment) records.")
    } else {
      expect((await refusalOf(search)).message).toContain("You are not allowed to access 'Attachment'")
      expect((await create).message).toBe(SORRY)
    }
  })

  test('of fields come, change and go with the value, and stay out of sight until asked for', async () => {
    const partner = await admin.call('res.partner', 'create', [{ name: 'Golden', image_1920: PIXEL }])
    const of = ['&', ['res_model', '=', 'res.partner'], ['res_id', '=', partner]]
    const files = () =>
      admin.call('ir.attachment', 'search_read', [['&', ['res_field', '!=', false], ...of]], {
        fields: ['name', 'mimetype', 'file_size', 'datas', 'res_name'],
        order: 'name desc',
      }) as Promise<Record<string, unknown>[]>
    expect(await admin.call('ir.attachment', 'search_count', [of])).toBe(0)
    expect((await files()).map(({ name }) => name)).toEqual([
      ...['image_512', 'image_256', 'image_1920', 'image_128', 'image_1024'],
    ])
    expect((await files())[2]).toMatchObject({ mimetype: 'image/png', file_size: 70, datas: PIXEL, res_name: 'Golden' })
    await admin.call('res.partner', 'write', [[partner], { image_1920: false }])
    expect(await files()).toEqual([])
    await create(admin, { name: 'lone', res_model: 'res.partner', res_id: partner })
    await admin.call('res.partner', 'unlink', [[partner]])
    expect(await admin.call('ir.attachment', 'search_count', [of])).toBe(0)
  })

  test('are copied with their content, which lives as long as one of them', async () => {
    const id = await create(admin, { name: 'a', raw: 'only once', mimetype: 'text/plain' })
    const [copy] = [await admin.call('ir.attachment', 'copy', [[id]])].flat() as number[]
    await admin.call('ir.attachment', 'unlink', [[id]])
    expect(await read(admin, copy ?? 0, ['raw'])).toEqual({ id: copy, raw: 'only once' })
  })

  test('give one token each, and keep it', async () => {
    const id = await create(admin, { name: 'a', res_model: 'res.partner', res_id: 1 })
    const [token] = (await demo.call('ir.attachment', 'generate_access_token', [[id]])) as string[]
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await admin.call('ir.attachment', 'generate_access_token', [[id]])).toEqual([token])
    expect((await refusalOf(portal.call('ir.attachment', 'generate_access_token', [[id]]))).message).toContain(
      'access_token',
    )
  })
})
