import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberAt, textAt } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let records: Records
let scratch: Scratch

beforeAll(async () => {
  session = await signIn(target.url, target.users.admin)
  records = recordsOf(session)
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

describe('what Odoo refuses for reasons of business: 422, in its own words', () => {
  test('ValidationError: a project that ends before it begins', async () => {
    const values = { name: scratch.marker, date_start: '2030-02-01', date: '2030-01-01' }
    const answer = await records.create('project.project', { values })
    expectRefused(answer, { status: 422 })
    expect(textAt(answer.json, 'message')).toContain('before its end date')
    expect(await records.list('project.project', { fields: ['id'], domain: [['name', '=', scratch.marker]] })).toEqual(
      [],
    )
  })

  test('a constraint of the database: a contact without a name', async () => {
    const id = await scratch.partner({ phone: 'before' })
    for (const answer of [
      await records.create('res.partner', { values: { ref: scratch.marker } }),
      await records.update('res.partner', id, { values: { name: false, phone: 'after' } }),
    ]) {
      expectRefused(answer, { status: 422 })
      expect(textAt(answer.json, 'message')).toContain('Contacts require a name')
    }
    expect(await records.one('res.partner', id, ['name', 'phone'])).toEqual({
      id,
      name: scratch.marker,
      phone: 'before',
    })
    expect(await records.list('res.partner', { fields: ['id'], domain: [['ref', '=', scratch.marker]] })).toEqual([])
  })

  test('a tag that is its own parent', async () => {
    const id = await scratch.make('res.partner.category')
    const answer = await records.update('res.partner.category', id, { values: { parent_id: id } })
    expectRefused(answer, { status: 422 })
    expect(textAt(answer.json, 'message')).toMatch(/recurs/i)
    expect(await records.one('res.partner.category', id, ['parent_id'])).toEqual({ id, parent_id: false })
  })

  test('RedirectWarning: the contact of an active user, and it is still there', async () => {
    const id = await records.idOf('res.partner', [['user_ids.login', '=', target.users.demo.login]])
    const answer = await records.remove('res.partner', id)
    expectRefused(answer, { status: 422 })
    expect(textAt(answer.json, 'message')).toMatch(/active user/i)
    // The action that Odoo's web client would open is for nobody else.
    expect(answer.text).not.toMatch(/ir\.actions|view_mode|res_model/)
    expect((await records.read('res.partner', { id, fields: ['id'] })).status).toBe(200)
  })
})

describe('a required value that is missing: 400 with its field', () => {
  test.each<[string, object]>([
    ['false', { name: false }],
    ['left out', { color: 1 }],
  ])('name of a tag, %s', async (_name, values) => {
    const answer = await records.create('res.partner.category', { values })
    expectRefused(answer, { status: 400, extra: { field: 'name' } })
  })

  test('on an update, and nothing is written', async () => {
    const id = await scratch.make('res.partner.category', { color: 3 })
    const answer = await records.update('res.partner.category', id, { values: { name: false, color: 4 } })
    expectRefused(answer, { status: 400, extra: { field: 'name' } })
    expect(await records.one('res.partner.category', id, ['name', 'color'])).toEqual({
      id,
      name: scratch.marker,
      color: 3,
    })
  })
})

describe('AccessError: 403, in Odoo’s own words, and nothing changed', () => {
  test('a portal user may not make, change or delete a partner', async () => {
    const portal = recordsOf(await signIn(target.url, target.users.portal))
    const [own] = await portal.list('res.partner', { fields: ['name', 'phone'], limit: 1, order: 'id' })
    const ownId = numberAt(own, 'id')
    const name = `${scratch.marker} portal`
    for (const answer of [
      await portal.create('res.partner', { values: { name } }),
      await portal.update('res.partner', ownId, { values: { phone: 'changed' } }),
      await portal.remove('res.partner', ownId),
    ]) {
      expectRefused(answer, { status: 403 })
      expect(textAt(answer.json, 'message')).toMatch(/not allowed|Contact/)
    }
    expect(await portal.list('res.partner', { fields: ['name', 'phone'], domain: [['id', '=', ownId]] })).toEqual([own])
    expect(await records.list('res.partner', { fields: ['id'], domain: [['name', '=', name]] })).toEqual([])
  })

  test('a user without the right may not make a stage', async () => {
    const demo = recordsOf(await signIn(target.url, target.users.demo))
    expectRefused(await demo.create('project.project.stage', { values: { name: scratch.marker } }), { status: 403 })
    const domain = [['name', '=', scratch.marker]]
    expect(await records.list('project.project.stage', { fields: ['id'], domain })).toEqual([])
  })
})

describe('MissingError: 404', () => {
  test('an update or a delete of a record that is gone', async () => {
    const id = await scratch.partner()
    await records.remove('res.partner', id)
    expectRefused(await records.update('res.partner', id, { values: { phone: '1' } }), { status: 404 })
    expectRefused(await records.remove('res.partner', id), { status: 404 })
  })
})

describe('a value that Odoo cannot take: 4xx, and nothing is written', () => {
  test.each<[string, object]>([
    ['a date that there is not', { date: '2030-02-31' }],
    ['a date in words', { date: 'tomorrow' }],
    ['a selection that there is not', { privacy_visibility: 'no_such_choice' }],
    ['text for a number', { sequence: 'many' }],
    ['a many2one that is not there', { partner_id: 999_999_999 }],
  ])('%s', async (_name, values) => {
    const id = await scratch.make('project.project', { description: 'before' })
    const answer = await records.update('project.project', id, { values: { description: 'after', ...values } })
    expectRefused(answer, { status: [400, 404, 422] })
    const project = await records.one('project.project', id, ['description'])
    expect(String(project.description)).toContain('before')
  })
})
