import { expect, test } from 'vitest'
import type { Answer } from '../wire/answer.ts'
import { compareAnswers, type ExpectedAnswer } from './compare-answers.ts'

const ACTUAL: Answer = {
  status: 200,
  kind: 'result',
  body: { jsonrpc: '2.0', id: 1, result: [1, 2] },
  page: { inputs: ['login'], alert: 'Wrong login/password' },
  location: '/odoo',
  media: 'image/png 89504e47',
  disposition: 'inline; filename=a.png',
  challenge: 'bearer',
  sessions: ['abc'],
}
const { sessions: _sessions, ...REST } = ACTUAL
const EXPECTED: ExpectedAnswer = { ...REST, opensSession: true }

test('an answer that has everything is alike', () => {
  expect(compareAnswers(EXPECTED, ACTUAL)).toBeUndefined()
})

const changes: readonly (readonly [path: string, change: Partial<Answer>])[] = [
  ['status', { status: 201 }],
  ['kind', { kind: 'error' }],
  ['location', { location: '/web' }],
  ['location', { location: null }],
  ['challenge', { challenge: 'basic' }],
  ['media', { media: 'image/png 00000000' }],
  ['disposition', { disposition: 'attachment; filename=a.png' }],
  ['body.result.0', { body: { jsonrpc: '2.0', id: 1, result: [2, 1] } }],
  ['body.id', { body: { jsonrpc: '2.0', id: null, result: [1, 2] } }],
  ['page.inputs.0', { page: { inputs: [], alert: 'Wrong login/password' } }],
  ['page.alert', { page: { inputs: ['login'], alert: null } }],
  ['opens a session', { sessions: [] }],
]
test.each(changes)('a client notices another %s', (path, change) => {
  expect(compareAnswers(EXPECTED, { ...ACTUAL, ...change })?.path).toBe(path)
})

test('the coarsest difference is told', () => {
  expect(compareAnswers(EXPECTED, { ...ACTUAL, status: 404, kind: 'html', body: null })?.path).toBe('status')
})

test('a session that is refused must not be opened', () => {
  const refused = { ...EXPECTED, opensSession: false }
  expect(compareAnswers(refused, ACTUAL)?.path).toBe('opens a session')
  expect(compareAnswers(refused, { ...ACTUAL, sessions: [] })).toBeUndefined()
})

test('whether a session is opened does not matter where it is not asked', () => {
  expect(compareAnswers({ ...EXPECTED, opensSession: undefined }, { ...ACTUAL, sessions: [] })).toBeUndefined()
})
