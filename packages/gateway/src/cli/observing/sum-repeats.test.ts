import { expect, test } from 'vitest'
import { sumRepeats } from './sum-repeats.ts'

const MINUTE_MS = 60_000
const refusal = (address: string) => ({ kind: 'sign_in_refused', address })

test('the first is kept, repeats are counted, and told once their ten minutes are over', () => {
  const repeats = sumRepeats()
  expect(repeats.isFirst(refusal('a'), 0)).toBe(true)
  expect(repeats.isFirst(refusal('a'), 1)).toBe(false)
  expect(repeats.isFirst(refusal('a'), 2)).toBe(false)
  expect(repeats.isFirst(refusal('b'), 3)).toBe(true)
  expect(repeats.takeCounted(9 * MINUTE_MS)).toEqual([])
  expect(repeats.takeCounted(10 * MINUTE_MS)).toEqual([{ members: refusal('a'), times: 2, firstAtMs: 0, lastAtMs: 2 }])
  expect(repeats.isFirst(refusal('a'), 10 * MINUTE_MS)).toBe(true)
})

test('of a hundred thousand different ones, a hundred are told apart and the rest is one event', () => {
  const repeats = sumRepeats()
  const kept = Array.from({ length: 100_000 }, (_, number) => repeats.isFirst(refusal(String(number)), number))
  expect(kept.filter((isFirst) => isFirst)).toHaveLength(100)
  expect(repeats.takeCounted(0, true)).toEqual([
    { members: { kind: 'sign_in_refused', others: true }, times: 99_900, firstAtMs: 100, lastAtMs: 99_999 },
  ])
})

test('a flood of one kind takes no room from another', () => {
  const repeats = sumRepeats()
  for (let number = 0; number < 500; number += 1) repeats.isFirst(refusal(String(number)), 0)
  expect(repeats.isFirst({ kind: 'denied', model: 'res.partner' }, 0)).toBe(true)
})

test('a window that is over makes room again', () => {
  const repeats = sumRepeats()
  for (let round = 0; round < 3; round += 1) {
    const nowMs = round * 10 * MINUTE_MS
    repeats.takeCounted(nowMs)
    const kept = Array.from({ length: 150 }, (_, number) => repeats.isFirst(refusal(`${round}/${number}`), nowMs))
    expect(kept.filter((isFirst) => isFirst)).toHaveLength(100)
  }
})
