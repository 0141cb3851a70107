import { OdooFault } from '@odoo-gatehouse/odoo/client'
import { expect, test } from 'vitest'
import { describeError } from './describe-error.ts'

const fault = new OdooFault({
  exceptionName: 'builtins.ValueError',
  message: 'SECRET of record 7',
  arguments: ['SECRET'],
  context: { token: 'SECRET' },
})

test('of an exception of Odoo only its name is told, also where it is a cause', () => {
  for (const error of [fault, new Error('Odoo failed', { cause: fault })]) {
    const told = JSON.stringify(describeError(error))
    expect(told).toContain('builtins.ValueError')
    expect(told).not.toContain('SECRET')
  }
})

test('an error of ours is told with its code, its stack and its cause', () => {
  const cause = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })
  expect(describeError(new TypeError('broken', { cause }))).toMatchObject({
    type: 'TypeError',
    message: 'broken',
    stack: expect.stringContaining('describe-error.test.ts'),
    cause: { type: 'Error', message: 'no route', code: 'EHOSTUNREACH' },
  })
})

test('what is thrown and is no error is told by its type alone', () => {
  expect(describeError('SECRET')).toEqual({ type: 'string' })
})
