import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../sql/database.ts'
import { sql } from '../sql/sql-text.ts'
import { matches } from './like-pattern.ts'

const db = openDatabase(':memory:')

afterAll(() => db.close())

const like = (text: string, pattern: string, ignoreCase = false) =>
  db.get(sql`SELECT ${matches(sql`${text}`, pattern, ignoreCase)} AS "found"`)?.found === 1

describe('a pattern', () => {
  test.each([
    ['abc', 'a%', true],
    ['abc', 'A%', false],
    ['abc', '_b_', true],
    ['abc', '_', false],
    ['100%', '100\\%', true],
    ['1000', '100\\%', false],
    ['a_c', 'a\\_c', true],
    ['abc', 'a\\_c', false],
    ['a*c', 'a*c', true],
    ['abc', 'a*c', false],
    ['abc', 'a?c', false],
    ['[a]', '[a]', true],
    ['a', '[a]', false],
    ['a\\c', 'a\\\\c', true],
  ])('%j like %j: %j', (text, pattern, found) => {
    expect(like(text, pattern)).toBe(found)
    expect(like(text, pattern, true)).toBe(found || pattern === 'A%')
  })

  test('ignores the case of every script when asked', () => {
    expect(like('ÉCOLE', 'éc%', true)).toBe(true)
    expect(like('ПРИВЕТ', 'привет', true)).toBe(true)
    expect(like('ÉCOLE', 'éc%')).toBe(false)
  })

  test('without wild characters finds exactly itself', () => {
    const plain = fc.string().filter((text) => !/[%_\\\0]/.test(text) && text.isWellFormed())
    fc.assert(fc.property(plain, (text) => like(text, text)))
    fc.assert(fc.property(plain, plain, (text, other) => like(text, other) === (text === other)))
  })
})
