import type { ModelSchema } from '@odoo-gatehouse/odoo/schema'
import { expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { SchemaCache } from './schema-cache.ts'

const schema: ModelSchema = { model: 'res.partner', fields: new Map() }
const demo = { database: 'demo', uid: 6 }

function counting(answer: () => Promise<ModelSchema | undefined> = async () => schema) {
  let asked = 0
  const ask = () => {
    asked++
    return answer()
  }
  return { ask, asked: () => asked }
}

test('questions that are asked at the same time are asked of Odoo once', async () => {
  const cache = new SchemaCache(createManualClock())
  const odoo = counting()
  await Promise.all([cache.get(demo, 'res.partner', odoo.ask), cache.get(demo, 'res.partner', odoo.ask)])
  expect(odoo.asked()).toBe(1)
})

test('one user’s schema is never another’s, nor one database’s another’s', async () => {
  const cache = new SchemaCache(createManualClock())
  const odoo = counting()
  await cache.get(demo, 'res.partner', odoo.ask)
  await cache.get({ ...demo, uid: 7 }, 'res.partner', odoo.ask)
  await cache.get({ ...demo, database: 'other' }, 'res.partner', odoo.ask)
  expect(odoo.asked()).toBe(3)
})

test('after five minutes it is asked anew', async () => {
  const clock = createManualClock()
  const cache = new SchemaCache(clock)
  const odoo = counting()
  await cache.get(demo, 'res.partner', odoo.ask)
  clock.advanceMs(299_999)
  await cache.get(demo, 'res.partner', odoo.ask)
  expect(odoo.asked()).toBe(1)
  clock.advanceMs(1)
  await cache.get(demo, 'res.partner', odoo.ask)
  expect(odoo.asked()).toBe(2)
})

test('a failure is not remembered', async () => {
  const cache = new SchemaCache(createManualClock())
  const odoo = counting(() => Promise.reject(new Error('Odoo is away')))
  await expect(cache.get(demo, 'res.partner', odoo.ask)).rejects.toThrow('Odoo is away')
  await expect(cache.get(demo, 'res.partner', odoo.ask)).rejects.toThrow('Odoo is away')
  expect(odoo.asked()).toBe(2)
})
