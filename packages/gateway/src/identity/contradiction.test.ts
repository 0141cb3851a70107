import { describe, expect, test } from 'vitest'
import { refuseContradiction } from './contradiction.ts'
import { factsOf, type RequestSketch } from './request-facts.fixture.ts'

const TOKEN = { database: 'one', api: 'shop' }

const judge = (request: RequestSketch) => () => refuseContradiction(factsOf(request), TOKEN)

describe('a request may name what its token says', () => {
  const cases: readonly (RequestSketch & { name: string })[] = [
    { name: 'nothing at all' },
    { name: 'the database in the body', body: { db: 'one' } },
    { name: 'the database everywhere', body: { db: 'one' }, headers: { db: ['one'] }, url: '/api/x?db=one' },
    { name: 'the API', headers: { 'x-gatehouse-api': ['shop'] } },
    { name: 'the API twice', headers: { 'x-gatehouse-api': ['shop', 'shop'] } },
    { name: 'an empty API', headers: { 'x-gatehouse-api': [''] } },
    { name: 'a body that is no object', body: ['two'] },
  ]
  test.each(cases)('$name', (request) => {
    expect(judge(request)).not.toThrow()
  })
})

describe('another database is refused', () => {
  const cases: readonly (RequestSketch & { name: string })[] = [
    { name: 'in the body', body: { db: 'two' } },
    { name: 'in the params of an envelope', body: { params: { db: 'two' } } },
    { name: 'in the header db', headers: { db: ['two'] } },
    { name: 'in the header X-Odoo-Database', headers: { 'x-odoo-database': ['two'] } },
    { name: 'in the query', url: '/api/x?db=two' },
    { name: 'beside the right one', headers: { db: ['one', 'two'] } },
    { name: 'that differs in its case', body: { db: 'ONE' } },
  ]
  test.each(cases)('$name', (request) => {
    expect(judge(request)).toThrow(expect.objectContaining({ code: 'database.contradiction', status: 403 }))
  })

  test('a name that is not a text is 400', () => {
    expect(judge({ body: { db: 7 } })).toThrow(expect.objectContaining({ code: 'database.ambiguous', status: 400 }))
  })
})

describe('another API is refused', () => {
  test.each([[['other']], [['shop', 'other']], [['Shop']]])('%j', (names) => {
    const request = { headers: { 'x-gatehouse-api': names } }
    expect(judge(request)).toThrow(expect.objectContaining({ code: 'api.contradiction', status: 403 }))
  })
})
