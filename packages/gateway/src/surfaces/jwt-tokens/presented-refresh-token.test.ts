import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../kernel/json.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'

type Sent = { cookie?: string; headers?: readonly string[]; params?: JsonObject }

function presented({ cookie, headers = [], params = {} }: Sent) {
  const headerValues = (name: string) => (name === 'refreshtoken' ? headers : [])
  return presentedRefreshToken({ cookies: { refreshToken: cookie }, headerValues }, params)
}

describe('the first of these that is there counts', () => {
  const cases: readonly (Sent & { name: string; byCookie: boolean })[] = [
    { name: 'the cookie', cookie: 'T', headers: ['H'], params: { refreshToken: 'B' }, byCookie: true },
    { name: 'the header', headers: ['T'], params: { refreshToken: 'B' }, byCookie: false },
    { name: 'the same header twice', headers: ['T', ' T'], byCookie: false },
    { name: 'the header beside an absent one', headers: ['null', 'T'], byCookie: false },
    { name: 'the body, "refreshToken"', params: { refreshToken: 'T', refresh_token: 'B' }, byCookie: false },
    { name: 'the body, "refresh_token"', params: { refresh_token: 'T' }, byCookie: false },
  ]
  test.each(cases)('$name', ({ byCookie, ...sent }) => {
    expect(presented(sent)).toEqual({ token: 'T', byCookie })
  })
})

describe('what counts as absent, in every place', () => {
  test.each(['', ' ', 'null', 'NULL', 'undefined', 'Undefined'])('%j', (nothing) => {
    expect(
      presented({ cookie: nothing, headers: [nothing], params: { refreshToken: nothing, refresh_token: 'T' } }),
    ).toEqual({
      token: 'T',
      byCookie: false,
    })
    expect(() => presented({ cookie: nothing, headers: [nothing], params: { refreshToken: nothing } })).toThrow(
      expect.objectContaining({ code: 'refresh_token.missing', status: 401 }),
    )
  })
})

test('two headers that differ are refused, not chosen between', () => {
  expect(() => presented({ headers: ['A', 'B'] })).toThrow(
    expect.objectContaining({ code: 'credential.multiple', status: 400 }),
  )
})

test('a member of the body that is not a text is named', () => {
  expect(() => presented({ params: { refresh_token: 1 } })).toThrow(
    expect.objectContaining({ code: 'body.invalid', data: { field: 'refresh_token' } }),
  )
})
