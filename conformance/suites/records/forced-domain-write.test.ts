import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberAt, objectAt } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { FENCE } from '../../harness/settings.ts'
import { target } from '../../harness/target.ts'

// skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
describe.skipIf(!target.hasExtraApis)('writing under a forced domain', () => {
  let all: Records
  let scratch: Scratch

  beforeAll(async () => {
    all = recordsOf(await signIn(target.url, target.users.demo))
    scratch = openScratch(all)
  })
  afterAll(() => scratch.clean())

  const state = (id: number) => all.one('res.partner', id, ['function', 'phone', 'color', 'child_ids'])

  describe('of one = leaf (API fenced)', () => {
    let fenced: Records
    beforeAll(async () => {
      fenced = recordsOf(await signIn(target.url, target.users.demo, { api: 'fenced' }))
    })

    test('a create gets the forced value where it has none', async () => {
      const values = { name: `${scratch.marker} supplied` }
      const answer = await fenced.create('res.partner', { values, fields: ['function'] })
      expect(answer.status).toBe(201)
      expect(objectAt(answer.json, 'record').function).toBe(FENCE)
      await all.remove('res.partner', numberAt(answer.json, 'id'))
    })

    test('a create may name the forced value', async () => {
      const values = { name: `${scratch.marker} named`, function: FENCE }
      const answer = await fenced.create('res.partner', { values })
      expect(answer.status).toBe(201)
      await all.remove('res.partner', numberAt(answer.json, 'id'))
    })

    test.each(['elsewhere', false, '', FENCE.toUpperCase()])(
      'a create with another value is 403: %j',
      async (value) => {
        const name = `${scratch.marker} refused`
        expectRefused(await fenced.create('res.partner', { values: { name, function: value } }), { status: 403 })
        expect(await all.list('res.partner', { fields: ['id'], domain: [['name', '=', name]] })).toEqual([])
      },
    )

    test('an update may not leave', async () => {
      const id = await scratch.partner({ function: FENCE, phone: 'before' })
      const before = await state(id)
      for (const value of ['elsewhere', false, null, '']) {
        const values = { phone: 'after', function: value }
        expectRefused(await fenced.update('res.partner', id, { values }), { status: [400, 403] })
      }
      expect(await state(id)).toEqual(before)
      expect((await fenced.update('res.partner', id, { values: { phone: 'after' } })).status).toBe(200)
    })

    test('a record outside is 404: nothing is written, deleted or fetched in', async () => {
      const id = await scratch.partner({ function: 'elsewhere', phone: 'before' })
      const before = await state(id)
      expectRefused(await fenced.update('res.partner', id, { values: { phone: 'after' } }), { status: 404 })
      expectRefused(await fenced.update('res.partner', id, { values: { function: FENCE } }), { status: 404 })
      expectRefused(await fenced.remove('res.partner', id), { status: 404 })
      expect(await state(id)).toEqual(before)
    })

    test('a record inside can be changed and deleted', async () => {
      const id = await scratch.partner({ function: FENCE })
      expect((await fenced.update('res.partner', id, { values: { phone: '5' } })).status).toBe(200)
      expect((await fenced.remove('res.partner', id)).json).toEqual({ deleted_id: id })
    })

    test.each<[string, (outside: number) => unknown]>([
      ['links one outside', (outside) => [[4, outside]]],
      ['sets one outside', (outside) => [[6, 0, [outside]]]],
      ['updates one outside', (outside) => [[1, outside, { phone: 'stolen' }]]],
      ['deletes one outside', (outside) => [[2, outside]]],
      ['makes one outside', () => [[0, 0, { name: 'made outside', function: 'elsewhere' }]]],
      [
        'moves one outside, in a value of a value',
        () => [[0, 0, { name: 'x', child_ids: [[0, 0, { name: 'y', function: 'z' }]] }]],
      ],
    ])('an x2many command refuses the whole write where it %s', async (_name, commands) => {
      const outside = await scratch.partner({ name: 'outside', function: 'elsewhere', phone: 'kept' })
      const id = await scratch.partner({ name: 'inside', function: FENCE, phone: 'before' })
      const [before, outsideBefore] = [await state(id), await state(outside)]
      const values = { phone: 'after', child_ids: commands(outside) }
      expectRefused(await fenced.update('res.partner', id, { values }), { status: [403, 404] })
      expect(await state(id)).toEqual(before)
      expect(await state(outside)).toEqual(outsideBefore)
    })

    test('a child made by a command gets the forced value', async () => {
      const id = await scratch.partner({ name: 'parent', function: FENCE })
      const values = { child_ids: [[0, 0, { name: `${scratch.marker} child` }]] }
      expect((await fenced.update('res.partner', id, { values })).status).toBe(200)
      const [child] = await all.list('res.partner', { fields: ['function'], domain: [['parent_id', '=', id]] })
      expect(child).toMatchObject({ function: FENCE })
      await all.remove('res.partner', numberAt(child, 'id'))
    })

    test('a many2one may not point outside its model’s forced domain: 404, and nothing is written', async () => {
      const belgiumId = await all.idOf('res.country', [['code', '=', 'BE']])
      const id = await scratch.partner({ function: FENCE, phone: 'before' })
      const outside = await scratch.partner({ name: 'outside', is_company: true })
      for (const values of [{ country_id: belgiumId }, { parent_id: outside }]) {
        const answer = await fenced.update('res.partner', id, { values: { ...values, phone: 'after' } })
        expectRefused(answer, { status: 404 })
        expect(answer.text).not.toMatch(/Belgium|outside/)
      }
      expect(await all.one('res.partner', id, ['phone'])).toMatchObject({ phone: 'before' })
    })
  })

  describe('of another leaf (API ranged: color in [7, 8])', () => {
    let ranged: Records
    beforeAll(async () => {
      ranged = recordsOf(await signIn(target.url, target.users.demo, { api: 'ranged' }))
    })

    test('create is refused: the gateway cannot tell which value is meant', async () => {
      for (const values of [{}, { color: 7 }]) {
        const name = `${scratch.marker} ranged`
        expectRefused(await ranged.create('res.partner', { values: { ...values, name } }), { status: 403 })
        expect(await all.list('res.partner', { fields: ['id'], domain: [['name', '=', name]] })).toEqual([])
      }
    })

    test('the field of the leaf is read-only, also within the range; the others can be written', async () => {
      const id = await scratch.partner({ color: 7, phone: 'before' })
      for (const color of [8, 3]) {
        expectRefused(await ranged.update('res.partner', id, { values: { color, phone: 'after' } }), {
          status: [400, 403],
        })
      }
      expect(await state(id)).toMatchObject({ color: 7, phone: 'before' })
      expect((await ranged.update('res.partner', id, { values: { phone: 'after' } })).status).toBe(200)
    })

    test('a record outside is 404', async () => {
      const id = await scratch.partner({ color: 3, phone: 'before' })
      expectRefused(await ranged.read('res.partner', { id, fields: ['phone'] }), { status: 404 })
      expectRefused(await ranged.update('res.partner', id, { values: { phone: 'after' } }), { status: 404 })
      expectRefused(await ranged.remove('res.partner', id), { status: 404 })
      expect(await state(id)).toMatchObject({ phone: 'before' })
    })
  })
})
