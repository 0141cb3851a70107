import { describe, expect, test } from 'vitest'
import { insertGrant } from '../../store/grants.ts'
import { openAdminApi, SHOP } from './admin-api.fixture.ts'

type Api = Awaited<ReturnType<typeof openAdminApi>>

describe('a member of one database', () => {
  /** What there is in the other database. */
  async function withOther() {
    const api = await openAdminApi()
    const owner = await api.owner()
    await api.send('PUT', '/apis/other/shop', { token: owner, json: SHOP })
    const made = await api.send('POST', '/clients', {
      token: owner,
      json: { name: 'x', database: 'other', api: 'shop' },
    })
    const grant = { ...(await api.signIn('demo')).principal, id: 'gr_other', database: 'other' }
    await insertGrant(api.store.db, {
      ...{ ...grant, surface: 'odoo-jwt', odooSessionId: undefined, odooCredentialId: undefined, device: undefined },
      ...{ createdAtMs: 1, expiresAtMs: 9e12, endedAtMs: undefined, endedReason: undefined },
    })
    const { accessToken: token } = await api.signIn('admin')
    return { api, owner, token, clientId: String(made.json.clientId) }
  }

  test('is refused everything that belongs to another, and to the node', async () => {
    const { api, token, clientId, owner } = await withOther()
    const body = { name: 'x', database: 'other', api: 'shop' }
    const calls = [
      ['GET', '/apis?database=other'],
      ['GET', '/apis/other/shop'],
      ['PUT', '/apis/other/shop', SHOP],
      ['PUT', '/apis/other/another', SHOP],
      ['DELETE', '/apis/other/shop'],
      [
        'POST',
        '/policy/apply',
        {
          apis: [
            { name: 'shop', database: 'demo' },
            { name: 'shop', database: 'other' },
          ],
        },
      ],
      ['GET', '/policy/export?database=other'],
      ['POST', '/policy/explain', { database: 'other', api: 'shop', model: 'res.partner', verb: 'read' }],
      ['GET', '/keys?database=other'],
      ['POST', '/keys', { ...body, login: 'demo', proof: { password: 'demo' } }],
      ['GET', '/clients?database=other'],
      ['POST', '/clients', body],
      ['POST', `/clients/${clientId}/rotate-secret`],
      ['POST', `/clients/${clientId}/disable`],
      ['POST', `/clients/${clientId}/enable`],
      ['GET', '/grants?database=other'],
      ['DELETE', '/grants/gr_other'],
      ['POST', '/grants/revoke', { database: 'other', login: 'demo' }],
      ['GET', '/audit?database=other'],
      ['GET', '/signing-keys'],
      ['POST', '/signing-keys/rotate'],
      ['POST', '/signing-keys/x/retire'],
      ['GET', '/databases'],
      ['GET', '/owners'],
      ['DELETE', '/session'],
    ] as const
    const before = await snapshot(api, owner)
    for (const [method, path, json] of calls) {
      const answer = await api.send(method, path, { token, json })
      expect([method, path, answer.status, answer.json.code]).toEqual([method, path, 403, 'admin.forbidden'])
    }
    expect(await snapshot(api, owner)).toEqual(before)
  })

  test('sees of every list what belongs to their own', async () => {
    const { api, token } = await withOther()
    const own = await api.send('PUT', '/apis/demo/shop', { token, json: SHOP })
    expect(own).toMatchObject({ status: 201, json: { changedBy: 'admin@demo' } })
    for (const [path, list] of [
      ['/apis', 'apis'],
      ['/policy/export', 'apis'],
      ['/clients', 'clients'],
      ['/grants', 'grants'],
      ['/audit', 'events'],
    ] as const) {
      const { json } = await api.send('GET', path, { token })
      const rows = json[list] as { readonly database: string }[]
      expect(
        rows.filter(({ database }) => database !== 'demo'),
        path,
      ).toEqual([])
    }
  })

  test('prunes and ends only what belongs to their own', async () => {
    const { api, token, owner } = await withOther()
    await api.send('PUT', '/apis/demo/shop', { token, json: SHOP })
    const pruned = await api.send('POST', '/policy/apply', { token, json: { apis: [], prune: true } })
    expect(pruned.json.changes).toMatchObject([{ kind: 'remove', database: 'demo', name: 'shop' }])
    expect((await api.send('GET', '/apis/other/shop', { token: owner })).status).toBe(200)
    const client = 'gatehouse-console'
    const ended = await api.send('POST', '/grants/revoke', { token, json: { clientId: client } })
    expect(ended.status).toBe(200)
    const left = await api.send('GET', `/grants?client=${client}&state=live`, { token: owner })
    expect(left.json.grants).toMatchObject([{ id: 'gr_other', database: 'other' }])
  })

  async function snapshot(api: Api, token: string) {
    const paths = ['/apis', '/clients', '/keys', '/grants', '/signing-keys', '/owners']
    return Promise.all(paths.map(async (path) => (await api.send('GET', path, { token })).json))
  }
})
