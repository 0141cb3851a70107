import { connect } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { causeText } from './cause-text.ts'

const SECRET = 'hunter2'

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new TypeError('nothing was thrown')
}

test('no cause is no text', () => {
  expect(causeText(undefined)).toBeUndefined()
})

test('the chain is told down to what the system said', async () => {
  const refused = await new Promise((resolve) => connect(1, '127.0.0.1').on('error', resolve))
  const cause = new RangeError('no answer', { cause: refused })
  expect(causeText(cause)).toBe('RangeError, by Error ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1')
})

test('what SQLite says is told, without the values', () => {
  using db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE grants (id TEXT PRIMARY KEY)')
  const insert = db.prepare('INSERT INTO grants VALUES (?)')
  insert.run(SECRET)
  const cause = thrownBy(() => insert.run(SECRET))
  expect(causeText(cause)).toBe('Error ERR_SQLITE_ERROR: UNIQUE constraint failed: grants.id')
})

test.each([
  { name: 'a message of ours or of Odoo', cause: new Error(`the password is ${SECRET}`), text: 'Error' },
  { name: 'JSON that quotes what it read', cause: thrownBy(() => JSON.parse(`{"${SECRET}`)), text: 'SyntaxError' },
  {
    name: 'an argument that Node quotes',
    cause: thrownBy(() => Buffer.alloc(1).write('x', 0, 1, SECRET as BufferEncoding)),
    text: 'TypeError',
  },
  { name: 'a thrown text', cause: SECRET, text: 'a thrown string' },
  { name: 'null', cause: null, text: 'a thrown null' },
  { name: 'a name that is no name', cause: Object.assign(new Error(), { name: `for ${SECRET}` }), text: 'Error' },
])('$name is not repeated', ({ cause, text }) => {
  expect(causeText(cause)).toBe(text)
})

test('a chain that bites its own tail ends', () => {
  const cause = new Error('a')
  cause.cause = cause
  expect(causeText(cause)).toBe('Error, by Error, by Error, by Error, by Error')
})
