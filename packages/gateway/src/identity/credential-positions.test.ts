import { describe, expect, test } from 'vitest'
import { presentedCredential } from './credential-positions.ts'

/** Headers as Node hands them over: names in lower case, every value that was sent. */
type Headers = Readonly<Record<string, readonly string[]>>

const presented = (headers: Headers) => presentedCredential((name) => headers[name] ?? [])

describe('every position', () => {
  const cases: readonly { name: string; headers: Headers }[] = [
    { name: 'Authorization: Bearer', headers: { authorization: ['Bearer T'] } },
    { name: 'Authorization: bearer, more space', headers: { authorization: ['bearer   T '] } },
    { name: 'Authorization without a scheme', headers: { authorization: ['T'] } },
    { name: 'X-API-Key', headers: { 'x-api-key': ['T'] } },
    { name: 'api-key', headers: { 'api-key': ['T'] } },
    { name: 'access_token', headers: { access_token: ['T'] } },
    { name: 'access-token', headers: { 'access-token': ['T'] } },
    { name: 'the same in two places', headers: { authorization: ['Bearer T'], access_token: ['T'] } },
    { name: 'a token beside an empty header', headers: { authorization: ['Bearer T'], access_token: ['null'] } },
  ]
  test.each(cases)('$name', ({ headers }) => {
    expect(presented(headers)).toBe('T')
  })
})

describe('what counts as absent', () => {
  const values = ['', ' ', 'null', 'undefined', 'Bearer', 'Bearer ', 'Bearer null', 'Bearer undefined']
  test.each(values)('Authorization: %j', (value) => {
    expect(presented({ authorization: [value] })).toBeUndefined()
  })

  test('the header refreshToken', () => {
    expect(presented({ refreshtoken: ['T'] })).toBeUndefined()
  })
})

describe('two different credentials are refused, not chosen between', () => {
  const cases: readonly { name: string; headers: Headers }[] = [
    { name: 'Bearer and key', headers: { authorization: ['Bearer A'], 'x-api-key': ['B'] } },
    { name: 'two Authorization headers', headers: { authorization: ['Bearer A', 'Bearer B'] } },
    { name: 'access_token and access-token', headers: { access_token: ['A'], 'access-token': ['B'] } },
  ]
  test.each(cases)('$name', ({ headers }) => {
    expect(() => presented(headers)).toThrow(expect.objectContaining({ code: 'credential.multiple', status: 400 }))
  })
})
