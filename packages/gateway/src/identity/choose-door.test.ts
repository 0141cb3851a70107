import { describe, expect, test } from 'vitest'
import { ApiInput } from '../policy/api.ts'
import { apiDirectory } from '../policy/api-directory.ts'
import { compileApi } from '../policy/compile-api.ts'
import type { DatabaseChoice } from './choose-database.ts'
import { chooseDoor } from './choose-door.ts'
import { factsOf, type RequestSketch } from './request-facts.fixture.ts'

const apis = apiDirectory(
  [
    { name: 'default', database: 'one' },
    { name: 'shop', database: 'one' },
    { name: 'default', database: 'two' },
  ].map((api) => compileApi(ApiInput.parse(api))),
)

function door(request: RequestSketch, names: readonly string[], choice: Partial<DatabaseChoice> = {}) {
  const fallback = names.length === 1 ? names[0] : undefined
  const databases = { names, byHost: new Map<string, string>(), fallback, ...choice }
  const { database, api } = chooseDoor(factsOf(request), { databases, apis, observe: () => undefined })
  return `${database}/${api.name}`
}

describe('the database', () => {
  test('is the only one when the request names none', () => {
    expect(door({}, ['one'])).toBe('one/default')
  })

  const positions: readonly (RequestSketch & { name: string })[] = [
    { name: 'the body', body: { db: 'two' } },
    { name: 'the params of an envelope', body: { params: { db: 'two' } } },
    { name: 'the header db', headers: { db: ['two'] } },
    { name: 'the header X-Odoo-Database', headers: { 'x-odoo-database': ['two'] } },
    { name: 'the query', url: '/api/login?db=two' },
  ]
  test.each(positions)('may be named in $name', (request) => {
    expect(door(request, ['one', 'two'])).toBe('two/default')
  })

  test('that is not configured is answered like a wrong password', () => {
    expect(() => door({ body: { db: 'three' } }, ['one'])).toThrow(expect.objectContaining({ code: 'signin.denied' }))
  })

  test('must be named where there are several', () => {
    expect(() => door({}, ['one', 'two'])).toThrow(expect.objectContaining({ code: 'database.ambiguous', status: 400 }))
  })

  test('named twice differently is refused', () => {
    const request = { body: { db: 'one' }, headers: { db: ['two'] } }
    expect(() => door(request, ['one', 'two'])).toThrow(expect.objectContaining({ code: 'database.ambiguous' }))
  })

  test('is that of the host when the request names none, whatever its port and case', () => {
    const choice = { byHost: new Map([['two.example', 'two']]), fallback: 'one' }
    const to = (host: string) => ({ headers: { host: [host] } })
    expect(door(to('Two.Example:8443'), ['one', 'two'], choice)).toBe('two/default')
    expect(door(to('three.example'), ['one', 'two'], choice)).toBe('one/default')
    expect(door({ ...to('two.example'), body: { db: 'one' } }, ['one', 'two'], choice)).toBe('one/default')
  })

  test.each([null, '', undefined, false])('%j names none', (db) => {
    expect(door({ body: { db } }, ['one'])).toBe('one/default')
  })
})

describe('the API', () => {
  test('is the one that X-Gatehouse-Api names', () => {
    expect(door({ headers: { 'x-gatehouse-api': ['shop'] } }, ['one'])).toBe('one/shop')
  })

  test('that no database has is told before the database is looked at', () => {
    for (const db of ['one', 'nowhere']) {
      const request = { body: { db }, headers: { 'x-gatehouse-api': ['unheard-of'] } }
      expect(() => door(request, ['one', 'two'])).toThrow(expect.objectContaining({ code: 'api.unknown', status: 403 }))
    }
  })

  test('of another database is answered like a database that is not configured', () => {
    const request = { body: { db: 'two' }, headers: { 'x-gatehouse-api': ['shop'] } }
    expect(() => door(request, ['one', 'two'])).toThrow(expect.objectContaining({ code: 'signin.denied' }))
  })
})
