import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberAt, objectOf } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { type Login, target } from '../../harness/target.ts'

type Caller = { readonly session: Session; readonly records: Records }
let admin: Caller
let demo: Caller
let portal: Caller
let scratch: Scratch

beforeAll(async () => {
  ;[admin, demo, portal] = await Promise.all([
    open(target.users.admin),
    open(target.users.demo),
    open(target.users.portal),
  ])
  scratch = openScratch(admin.records)
})
afterAll(() => scratch.clean())

describe('every call runs in Odoo as the signed-in user', () => {
  test('a portal user sees its own contact and not those of others', async () => {
    const id = await scratch.partner({ name: 'hidden' })
    const domain = [['name', 'like', scratch.marker]]
    expect(await demo.records.list('res.partner', { fields: ['id'], domain })).toEqual([{ id }])
    expect(await portal.records.list('res.partner', { fields: ['id'], domain })).toEqual([])
    const own = [['user_ids', 'in', [portal.session.userId]]]
    expect(await portal.records.list('res.partner', { fields: ['id'], domain: own })).toHaveLength(1)
  })

  test('the total counts what the caller may see', async () => {
    const total = async (caller: Caller) =>
      numberAt((await caller.records.read('res.partner', { fields: ['id'], limit: 1 })).json, 'total')
    expect(await total(portal)).toBeLessThan(await total(demo))
  })

  test('a record that a rule hides is refused by id, without its contents', async () => {
    const id = await scratch.partner({ name: 'hidden', email: 'hidden@example.com' })
    const answer = await portal.records.read('res.partner', { id, fields: ['name', 'email'] })
    expectRefused(answer, { status: [403, 404] })
    expect(answer.text).not.toContain(scratch.marker)
    expect(answer.text).not.toContain('hidden@example.com')
  })

  test('what a user makes is made by that user', async () => {
    for (const caller of [admin, demo]) {
      const own = openScratch(caller.records)
      const id = await own.partner()
      const record = await admin.records.one('res.partner', id, ['create_uid', 'write_uid'])
      expect(record).toMatchObject({
        create_uid: [caller.session.userId, expect.any(String)],
        write_uid: [caller.session.userId, expect.any(String)],
      })
      await own.clean()
    }
  })

  test('callers at the same time never see with the rights of each other', async () => {
    const id = await scratch.partner({ name: 'concurrent' })
    const domain = [['id', '=', id]]
    const rounds = Array.from({ length: 10 }, async () => {
      const [forDemo, forPortal] = await Promise.all([
        demo.records.list('res.partner', { fields: ['id'], domain }),
        portal.records.list('res.partner', { fields: ['id'], domain }),
      ])
      expect(forDemo).toEqual([{ id }])
      expect(forPortal).toEqual([])
    })
    await Promise.all(rounds)
  })

  test('a write is seen by the read that follows it', async () => {
    const id = await scratch.partner({ phone: '0' })
    for (const phone of ['1', '2', '3', '4', '5']) {
      await demo.records.update('res.partner', id, { values: { phone } })
      expect(objectOf(await demo.records.one('res.partner', id, ['phone'])).phone).toBe(phone)
    }
  })
})

async function open(user: Login): Promise<Caller> {
  const session = await signIn(target.url, user)
  return { session, records: recordsOf(session) }
}
