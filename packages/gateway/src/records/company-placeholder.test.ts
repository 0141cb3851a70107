import { describe, expect, test } from 'vitest'
import { createRecords } from './create-records.ts'
import { recordingOdoo } from './recording-odoo.fixture.ts'

const OWN_COMPANY = [
  { model: 'res.partner', verbs: ['read', 'create', 'update'], forcedDomain: [['company_id', '=', '$company_id']] },
  { model: 'res.country', verbs: ['read'] },
]

const records = createRecords()

describe('an API that shows records by the company of the user', () => {
  test('asks Odoo with that company', async () => {
    const { context, calls } = recordingOdoo(OWN_COMPANY, [{ length: 0, records: [] }], { companyId: 3 })
    await records.list(context, { model: 'res.partner', fields: ['name'] })
    expect(JSON.stringify(calls[0])).toContain('["company_id","=",3]')
  })

  test('makes records in that company', async () => {
    const { context, calls } = recordingOdoo(
      OWN_COMPANY,
      { 'res.partner.create': [8], 'res.partner.search': [8], 'res.partner.web_read': [{ id: 8 }] },
      { companyId: 3 },
    )
    await records.create(context, { model: 'res.partner', values: { name: 'x' }, fields: ['id'] })
    expect(calls.find(({ method }) => method === 'create')?.args).toEqual([[{ name: 'x', company_id: 3 }]])
  })

  test('refuses the call where Odoo does not tell it, and asks nothing', async () => {
    const { context, calls } = recordingOdoo(OWN_COMPANY, [])
    const refused = { code: 'company.unknown', status: 403 }
    await expect(records.list(context, { model: 'res.partner', fields: ['name'] })).rejects.toMatchObject(refused)
    await expect(
      records.create(context, { model: 'res.partner', values: { name: 'x', company_id: 1 } }),
    ).rejects.toMatchObject(refused)
    expect(calls).toEqual([])
  })

  test('shows what has nothing to do with companies all the same', async () => {
    const { context } = recordingOdoo(OWN_COMPANY, [{ length: 0, records: [] }])
    await expect(records.list(context, { model: 'res.country', fields: ['name'] })).resolves.toMatchObject({ total: 0 })
  })
})
