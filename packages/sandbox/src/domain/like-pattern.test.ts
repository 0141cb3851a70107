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

  test.each([
    ['Złota', '%ZŁO%', true],
    ['Zlota', '%ZŁO%', false],
    ['ΣΊΣΥΦΟΣ', 'σίσυφοσ', true],
    ['Straße', 'STRAßE', true],
    ['STRASSE', 'straße', false],
    ['Łk', 'łK', true],
    ['Å', 'å', true],
    ['𐐀', '𐐨', true],
    ['ł, 3 KK\u212a', 'Ł, 3 kKK', true],
    ['łota Oslo', '%ŁOTA%OSLO', true],
    ['łota Rome', '%ŁOTA%OSLO', false],
    ['ł a_c', 'Ł A\\_C', true],
    ['ł abc', 'Ł A\\_C', false],
    ['é*[É]?', 'É*[é]?', true],
    ['é-]', 'É_]', true],
    ['É%', 'é\\%', true],
    ['Éx', 'é\\%', false],
  ])('%j ilike %j: %j', (text, pattern, found) => {
    expect(like(text, pattern, true)).toBe(found)
  })

  test('of ASCII and one beyond it agree about ASCII', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', 'k', '%', '_', '\\\\', '*', '[', ']', '?', '^', '-'),
      maxLength: 6,
    })
    fc.assert(
      fc.property(text, text, (searched, pattern) => {
        fc.pre(!/(^|[^\\])(\\\\)*\\$/.test(pattern))
        expect(like(`${searched}é`, `${pattern}É`, true)).toBe(like(`${searched}e`, `${pattern}E`, true))
      }),
    )
  })

  test.each([false, true])('longer than SQLite takes finds nothing (ignoring case: %j)', (ignoreCase) => {
    expect(like('é', `%${'é'.repeat(30_000)}%`, ignoreCase)).toBe(false)
    expect(like('e', `%${'e'.repeat(60_000)}%`, ignoreCase)).toBe(false)
  })

  test('without wild characters finds exactly itself', () => {
    const plain = fc.string().filter((text) => !/[%_\\\0]/.test(text) && text.isWellFormed())
    fc.assert(fc.property(plain, (text) => like(text, text)))
    fc.assert(fc.property(plain, plain, (text, other) => like(text, other) === (text === other)))
  })
})
