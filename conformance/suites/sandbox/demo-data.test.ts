import { beforeAll, describe, expect, test } from 'vitest'
import { numberAt } from '../../harness/json-reading.ts'
import { type Records, recordsOf } from '../../harness/records.ts'
import { readProtected, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** Ids that a fresh Odoo with demo data gives, by its major version. */
const IDS_BY_VERSION: Readonly<Record<string, { admin: number; demo: number; portal: number; portalPartner: number }>> =
  {
    17: { admin: 2, demo: 6, portal: 7, portalPartner: 8 },
    18: { admin: 2, demo: 6, portal: 7, portalPartner: 8 },
    19: { admin: 2, demo: 5, portal: 6, portalPartner: 7 },
  }
const IDS = IDS_BY_VERSION[target.upstream.GATEHOUSE_SANDBOX_ODOO ?? '18'] ?? {
  admin: 0,
  demo: 0,
  portal: 0,
  portalPartner: 0,
}

// skip: is about the sandbox and what it ships with.
describe.skipIf(target.kind !== 'sandbox')('the demo data of the sandbox', () => {
  let admin: Records

  beforeAll(async () => {
    admin = recordsOf(await signIn(target.url, target.users.admin))
  })

  test('has more than 40 partners', async () => {
    const domain = [['active', 'in', [true, false]]]
    const answer = await admin.read('res.partner', { fields: ['id'], domain })
    expect(numberAt(answer.json, 'total')).toBeGreaterThanOrEqual(40)
  })

  test('has the users of an Odoo with demo data, by the same ids', async () => {
    const domain = [['login', 'in', ['admin', 'demo', 'portal']]]
    expect(await admin.list('res.users', { fields: ['login', 'name'], domain, order: 'id' })).toEqual([
      { id: IDS.admin, login: 'admin', name: 'Mitchell Admin' },
      { id: IDS.demo, login: 'demo', name: 'Marc Demo' },
      { id: IDS.portal, login: 'portal', name: 'Joel Willis' },
    ])
  })

  test('has projects with tasks, tags, banks and countries', async () => {
    for (const model of [
      'project.project',
      'project.task',
      'project.tags',
      'res.partner.bank',
      'res.partner.category',
    ]) {
      expect((await admin.list(model, { fields: ['display_name'], limit: 1 })).length, model).toBe(1)
    }
    expect(await admin.idOf('res.country', [['code', '=', 'US']])).toBe(233)
  })

  test('shows a portal user its own contact, company and user, and no colleague', async () => {
    const session = await signIn(target.url, target.users.portal)
    const partners = await recordsOf(session).list('res.partner', { fields: ['name'] })
    expect(partners).toEqual([{ id: IDS.portalPartner, name: 'Joel Willis' }])
    const users = await readProtected(target.url, { Authorization: `Bearer ${session.token}` })
    expect(users.json).toEqual({ status: [{ id: IDS.portal, name: 'Joel Willis', login: 'portal' }] })
  })
})
