import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoKeyOf, madeKey, readPartner } from '../../harness/api-keys.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { numberAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

// skip: is about what each version of the sandbox does.
describe.skipIf(target.kind !== 'sandbox').each([
  { version: '17', uid: 6 },
  { version: '18', uid: 6 },
  { version: '19', uid: 5 },
])('Odoo $version', ({ version, uid }) => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway({ env: { GATEHOUSE_SANDBOX_ODOO: version } })
  })
  afterAll(() => gateway.stop())

  test('makes an API key for a password, which then reads and writes records', async () => {
    const { key } = await madeKey(gateway, ['--mint'])
    const headers = { 'X-API-Key': key }
    const path = '/api/send_request'
    const query = { model: 'res.partner' }
    const expand = { country_id: ['code'] }
    const read = await readPartner(gateway.url, headers, { expand: JSON.stringify(expand), domain: '[["id","=",1]]' })
    expect(read.json).toMatchObject({ records: [{ id: 1, country_id: { code: 'US' } }], total: 1 })

    const values = { name: 'By key' }
    const json = { values, fields: ['name', 'create_uid'] }
    const made = await call(gateway.url, { method: 'POST', path, query, headers, json })
    expect(made.json).toMatchObject({ record: { name: 'By key', create_uid: [uid, 'Marc Demo'] } })
    const id = numberAt(made.json, 'id')
    const asked = { path, query: { ...query, id }, headers }
    const written = await call(gateway.url, { ...asked, method: 'PUT', json: { values: { city: 'Gent' } } })
    expect(written.json).toMatchObject({ record: { city: 'Gent' } })
    expect((await call(gateway.url, { ...asked, method: 'DELETE' })).json).toEqual({ deleted_id: id })
    expect((await call(gateway.url, asked)).status).toBe(400)
  })

  test('tells its refusals through a key as through a session', async () => {
    const { key } = await madeKey(gateway, ['--mint'])
    const refusals = []
    for (const one of [key, demoKeyOf(gateway)]) {
      const headers = { 'X-API-Key': one }
      const path = '/api/send_request'
      const query = { model: 'project.task' }
      const json = { values: { name: 'Loop', parent_id: 99_999_999 } }
      const { status } = await call(gateway.url, { method: 'POST', path, query, headers, json })
      const gone = await readPartner(gateway.url, headers, { id: '99999999' })
      refusals.push([status, gone.status, gone.json])
    }
    expect(refusals[0]).toEqual(refusals[1])
  })
})
