import { OdooFault } from '@odoo-gatehouse/odoo/client'
import { expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { UserCompanies } from './user-companies.ts'

const demo = { database: 'demo', uid: 6 }

/** Odoo's answer to each question in turn, and how often it was asked. */
function answering(...answers: readonly unknown[]) {
  const asked: number[] = []
  const ask = async (uid: number) => {
    const answer = answers[Math.min(asked.push(uid), answers.length) - 1]
    if (answer instanceof Error) throw answer
    return answer
  }
  return { ask, asked }
}

test('a company is believed for a minute, for each user of each database', async () => {
  const clock = createManualClock()
  const companies = new UserCompanies(clock)
  const { ask, asked } = answering([{ id: 6, company_id: [1, 'One'] }], [{ id: 6, company_id: [2, 'Two'] }])
  expect(await companies.get(demo, ask)).toBe(1)
  clock.advanceSeconds(59)
  expect(await companies.get(demo, ask)).toBe(1)
  clock.advanceSeconds(1)
  expect(await companies.get(demo, ask)).toBe(2)
  await companies.get({ ...demo, uid: 7 }, ask)
  await companies.get({ ...demo, database: 'other' }, ask)
  expect(asked).toEqual([6, 6, 7, 6])
})

test('questions at the same time are one', async () => {
  const companies = new UserCompanies(createManualClock())
  const { ask, asked } = answering([{ id: 6, company_id: 3 }])
  expect(await Promise.all([companies.get(demo, ask), companies.get(demo, ask)])).toEqual([3, 3])
  expect(asked).toHaveLength(1)
})

test.each([
  ['no record', []],
  ['no company', [{ id: 6, company_id: false }]],
  ['no list', { company_id: [1, 'One'] }],
  ['a text', [{ id: 6, company_id: ['1', 'One'] }]],
  [
    'a refusal',
    new OdooFault({ exceptionName: 'odoo.exceptions.AccessError', message: 'no', arguments: [], context: {} }),
  ],
])('where Odoo answers %s, there is none', async (_, answer) => {
  expect(await new UserCompanies(createManualClock()).get(demo, answering(answer).ask)).toBeUndefined()
})

test('another failure is told, and not remembered', async () => {
  const companies = new UserCompanies(createManualClock())
  const { ask } = answering(new Error('away'), [{ id: 6, company_id: [1, 'One'] }])
  await expect(companies.get(demo, ask)).rejects.toThrow('away')
  expect(await companies.get(demo, ask)).toBe(1)
})
