import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const full = () => new Error('full')

/** Calls that end when the test says so, and which of them have begun. */
function calls(turns: Turns, key: string, count: number) {
  const begun: number[] = []
  const gates = Array.from({ length: count }, () => Promise.withResolvers<void>())
  const all = gates.map((gate, index) =>
    turns.take(
      key,
      async () => {
        begun.push(index)
        await gate.promise
      },
      full,
    ),
  )
  return { begun, gates, all }
}

test('eight calls of one user run at once, the others in their order', async () => {
  const { begun, gates, all } = calls(new Turns(), 'demo/6', 10)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  gates[3]?.resolve()
  await all[3]
  await new Promise(setImmediate)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  for (const gate of gates) gate.resolve()
  await Promise.all(all)
  expect(begun).toHaveLength(10)
})

test('one user does not wait for another', () => {
  const turns = new Turns()
  calls(turns, 'demo/6', 20)
  expect(calls(turns, 'demo/7', 1).begun).toEqual([0])
})

test('beyond 256 who wait, a call is refused at once', async () => {
  const turns = new Turns()
  const { gates, all } = calls(turns, 'demo/6', 8 + 256)
  await expect(turns.take('demo/6', async () => {}, full)).rejects.toThrow('full')
  for (const gate of gates) gate.resolve()
  await Promise.all(all)
})

test('a call that fails gives its place on', async () => {
  const turns = new Turns()
  for (let round = 0; round < 20; round++) {
    await expect(turns.take('demo/6', () => Promise.reject(new Error('no')), full)).rejects.toThrow('no')
  }
  expect(await turns.take('demo/6', async () => 'in', full)).toBe('in')
})
