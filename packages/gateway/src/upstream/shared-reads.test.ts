import { expect, test } from 'vitest'
import { SharedReads } from './shared-reads.ts'

/** A read that is answered when the test says so, and how often it was asked. */
function controlled() {
  const answers: ((value: unknown) => void)[] = []
  return {
    ask: () =>
      new Promise<unknown>((resolve) => {
        answers.push(resolve)
      }),
    answerAll: (value: unknown) => {
      for (const answer of answers) answer(value)
    },
    asked: () => answers.length,
  }
}

test('reads with one key that are under way share one answer', async () => {
  const reads = new SharedReads()
  const odoo = controlled()
  const both = Promise.all([reads.read('demo', 'k', odoo.ask), reads.read('demo', 'k', odoo.ask)])
  odoo.answerAll('answer')
  expect(await both).toEqual(['answer', 'answer'])
  expect(odoo.asked()).toBe(1)
})

test('a read is asked anew once the answer is there', async () => {
  const reads = new SharedReads()
  const odoo = controlled()
  const first = reads.read('demo', 'k', odoo.ask)
  odoo.answerAll(1)
  await first
  void reads.read('demo', 'k', odoo.ask)
  expect(odoo.asked()).toBe(2)
})

test('reads with different keys, or of different databases, share nothing', () => {
  const reads = new SharedReads()
  const odoo = controlled()
  void reads.read('demo', 'gr_1/read', odoo.ask)
  void reads.read('demo', 'gr_2/read', odoo.ask)
  void reads.read('other', 'gr_1/read', odoo.ask)
  expect(odoo.asked()).toBe(3)
})

test('a read that arrives after a write never joins one that began before it', () => {
  const reads = new SharedReads()
  const odoo = controlled()
  void reads.read('demo', 'k', odoo.ask)
  reads.wroteTo('demo')
  void reads.read('demo', 'k', odoo.ask)
  expect(odoo.asked()).toBe(2)
})

test('a failure is told to all who wait, and not remembered', async () => {
  const reads = new SharedReads()
  let asked = 0
  const fail = () => {
    asked++
    return Promise.reject(new Error('Odoo is away'))
  }
  const both = [reads.read('demo', 'k', fail), reads.read('demo', 'k', fail)]
  for (const read of both) await expect(read).rejects.toThrow('Odoo is away')
  await expect(reads.read('demo', 'k', fail)).rejects.toThrow('Odoo is away')
  expect(asked).toBe(2)
})
