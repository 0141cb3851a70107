import { expect, test } from 'vitest'
import { createBackground } from './background.ts'

const unexpected = (error: unknown) => {
  throw error
}

test('tasks run in their order, at most so many at once', async () => {
  const background = createBackground(2, unexpected)
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const begun: number[] = []
  for (const [index, gate] of gates.entries()) {
    background.add(() => {
      begun.push(index)
      return gate.promise
    })
  }
  expect(begun).toEqual([0, 1])
  gates[1]?.resolve()
  await Promise.resolve(gates[1]?.promise).then(() => new Promise(setImmediate))
  expect(begun).toEqual([0, 1, 2])
  for (const gate of gates) gate.resolve()
  await background.settle(1_000)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('settling waits for what is under way and for what waits', async () => {
  const background = createBackground(1, unexpected)
  const done: string[] = []
  for (const name of ['a', 'b', 'c']) {
    background.add(async () => {
      await new Promise(setImmediate)
      done.push(name)
    })
  }
  await background.settle(1_000)
  expect(done).toEqual(['a', 'b', 'c'])
})

test('settling ends at its deadline, whatever still hangs', async () => {
  const background = createBackground(1, unexpected)
  const hanging = Promise.withResolvers<void>()
  background.add(() => hanging.promise)
  await background.settle(1)
  hanging.resolve()
  await background.settle(1_000)
})

test('a failure is told and stops nothing', async () => {
  const failures: unknown[] = []
  const background = createBackground(1, (error) => failures.push(error))
  let ran = false
  background.add(() => Promise.reject(new Error('Odoo is away')))
  background.add(async () => {
    ran = true
  })
  await background.settle(1_000)
  expect(failures).toEqual([new Error('Odoo is away')])
  expect(ran).toBe(true)
})
