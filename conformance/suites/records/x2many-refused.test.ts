import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let records: Records
let scratch: Scratch

beforeAll(async () => {
  // An administrator: Odoo itself would allow what is refused here.
  session = await signIn(target.url, target.users.admin)
  records = recordsOf(session)
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

// skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
describe.skipIf(!target.hasExtraApis)(
  'a command on an unexposed model refuses the whole write with 403 (API alone)',
  () => {
    let alone: Records
    let tag: number

    beforeAll(async () => {
      alone = recordsOf(await signIn(target.url, target.users.admin, { api: 'alone' }))
      tag = await scratch.make('res.partner.category')
    })

    test.each<[string, () => object]>([
      ['create', () => ({ category_id: [[0, 0, { name: scratch.marker }]] })],
      ['update', () => ({ category_id: [[1, tag, { name: `${scratch.marker} changed` }]] })],
      ['delete', () => ({ category_id: [[2, tag]] })],
      ['unlink', () => ({ category_id: [[3, tag]] })],
      ['link', () => ({ category_id: [[4, tag]] })],
      ['empty', () => ({ category_id: [[5]] })],
      ['set', () => ({ category_id: [[6, 0, [tag]]] })],
      ['create in a one2many', () => ({ bank_ids: [[0, 0, { acc_number: scratch.marker }]] })],
      ['nested in a child', () => ({ child_ids: [[0, 0, { name: scratch.marker, category_id: [[4, tag]] }]] })],
    ])('%s', async (_name, values) => {
      await expectNothingWritten(alone, values())
      expect(await records.one('res.partner.category', tag, ['name'])).toEqual({ id: tag, name: scratch.marker })
      const banks = await records.list('res.partner.bank', {
        fields: ['id'],
        domain: [['acc_number', '=', scratch.marker]],
      })
      expect(banks).toEqual([])
    })

    test('a relation that no API of this gateway shows is refused too', async () => {
      const id = await scratch.partner({ phone: 'before' })
      const values = { phone: 'after', message_ids: [[0, 0, { body: 'injected' }]] }
      // The sandbox does not have this field, which makes it an unknown one.
      expectRefused(await records.update('res.partner', id, { values }), { status: [400, 403] })
      expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
    })
  },
)

describe('a command on a model that is exposed for reading refuses the whole write with 403', () => {
  const name = () => `${scratch.marker} user`
  test.each<[string, () => unknown]>([
    ['create of a user', () => [[0, 0, { name: name(), login: name() }]]],
    ['update of a user', () => [[1, session.userId, { name: name() }]]],
    ['delete of a user', () => [[2, session.userId]]],
    ['link of a user, which would update its partner_id', () => [[4, session.userId]]],
    ['set of users, the same', () => [[6, 0, [session.userId]]]],
  ])('%s', async (_name, commands) => {
    const before = await records.one('res.users', session.userId, ['name', 'login'])
    await expectNothingWritten(records, { user_ids: commands() })
    expect(await records.one('res.users', session.userId, ['name', 'login'])).toEqual(before)
    expect(await records.list('res.users', { fields: ['id'], domain: [['name', 'like', scratch.marker]] })).toEqual([])
  })
})

// skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
describe.skipIf(!target.hasExtraApis)('the tags of a partner where tags may only be read (API tagged)', () => {
  let tagged: Records
  let tag: number

  beforeAll(async () => {
    tagged = recordsOf(await signIn(target.url, target.users.admin, { api: 'tagged' }))
    tag = await scratch.make('res.partner.category')
  })

  test('can be linked, set and unlinked', async () => {
    const id = await scratch.partner()
    for (const [commands, after] of [
      [[[4, tag]], [tag]],
      [[[3, tag]], []],
      [[[6, 0, [tag]]], [tag]],
      [[[5]], []],
    ] as const) {
      expect((await tagged.update('res.partner', id, { values: { category_id: commands } })).status).toBe(200)
      expect(await records.one('res.partner', id, ['category_id'])).toEqual({ id, category_id: after })
    }
  })

  test.each<[string, () => unknown]>([
    ['made', () => [[0, 0, { name: `${scratch.marker} injected` }]]],
    ['changed', () => [[1, tag, { name: `${scratch.marker} injected` }]]],
    ['deleted', () => [[2, tag]]],
    [
      'made beside a link',
      () => [
        [4, tag],
        [0, 0, { name: `${scratch.marker} injected` }],
      ],
    ],
  ])('cannot be %s: 403', async (_name, commands) => {
    const id = await scratch.partner({ phone: 'before' })
    const values = { phone: 'after', category_id: commands() }
    expectRefused(await tagged.update('res.partner', id, { values }), { status: 403 })
    expectRefused(await tagged.create('res.partner', { values: { ...values, name: `${scratch.marker} new` } }), {
      status: 403,
    })
    expect(await records.one('res.partner', id, ['phone', 'category_id'])).toEqual({
      id,
      phone: 'before',
      category_id: [],
    })
    expect(await records.one('res.partner.category', tag, ['name'])).toEqual({ id: tag, name: scratch.marker })
    expect(
      await records.list('res.partner', { fields: ['id'], domain: [['name', '=', `${scratch.marker} new`]] }),
    ).toEqual([])
  })
})

/** Sends the values of an update and of a create to a caller that must refuse both, and looks with an other. */
async function expectNothingWritten(caller: Records, values: object): Promise<void> {
  const id = await scratch.partner({ phone: 'before' })
  const refusedName = `${scratch.marker} refused`
  expectRefused(await caller.update('res.partner', id, { values: { phone: 'after', ...values } }), { status: 403 })
  expectRefused(await caller.create('res.partner', { values: { name: refusedName, ...values } }), { status: 403 })
  const fields = ['phone', 'child_ids', 'category_id', 'bank_ids']
  const untouched = { id, phone: 'before', child_ids: [], category_id: [], bank_ids: [] }
  expect(await records.one('res.partner', id, fields)).toEqual(untouched)
  expect(await records.list('res.partner', { fields: ['id'], domain: [['name', '=', refusedName]] })).toEqual([])
}
