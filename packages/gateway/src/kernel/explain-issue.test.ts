import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssue } from './explain-issue.ts'

const Shape = z.strictObject({
  count: z.number().int().min(1).max(500).optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  text: z.string().min(2).max(3).optional(),
  key: z.string().min(32, 'must be long').optional(),
  level: z.enum(['low', 'high']).optional(),
  on: z.boolean().optional(),
})

test.each([
  ['a number that is too big', { count: 501 }, 'must be at most 500'],
  ['a number that is too small', { count: 0 }, 'must be at least 1'],
  ['a number that is a text', { count: 'many' }, 'must be a number'],
  ['a list that is too long', { list: ['a', 'b', 'c'] }, 'must have at most 2 items'],
  ['a list that is empty', { list: [] }, 'must have at least 1 item'],
  ['a list that is none', { list: 'a' }, 'must be a list'],
  ['a text that is too long', { text: 'abcd' }, 'must have at most 3 characters'],
  ['a text that is too short', { text: 'a' }, 'must have at least 2 characters'],
  ['a bound with a sentence of its own', { key: 'short' }, 'must be long'],
  ['a word that is not one of these', { level: 'middle' }, 'must be one of low, high'],
  ['a text that should be a switch', { on: 'yes' }, 'must be true or false'],
  ['a member that nobody knows', { colour: 1 }, 'has a setting that is not known: "colour"'],
])('%s is explained for people', (_, value, sentence) => {
  expect((Shape.safeParse(value).error?.issues ?? []).map(explainIssue)).toEqual([sentence])
})
