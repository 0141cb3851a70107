import { expect, test } from 'vitest'
import { closestCommand } from './closest-command.ts'

const NAMES = ['serve', 'secret', 'key', 'signing-key', 'sandbox']

test.each([
  ['keys', 'key'],
  ['signing-keys', 'signing-key'],
  ['sandbo', 'sandbox'],
  ['server', 'serve'],
  ['se', undefined],
  ['nonsense', undefined],
])('%s may mean %s', (word, name) => {
  expect(closestCommand(word, NAMES)).toBe(name)
})
