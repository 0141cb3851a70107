import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redirect } from './answer.ts'
import { localLocation, queryText, withQuery } from './location.ts'

describe('where a parameter leads', () => {
  test.each([
    ['/odoo', '/odoo'],
    ['odoo/contacts?x=1#a', '/odoo/contacts?x=1#a'],
    ['https://evil.example.com/x', '/x'],
    ['//evil.example.com/x?y=1#z', '/x?y=1#z'],
    ['https://evil.example.com//a', '/a'],
    ['\\\\evil.example.com', '/evil.example.com'],
    ['/\\evil.example.com', '/evil.example.com'],
    ['javascript:alert(1)', '/alert(1)'],
    ['https:evil.example.com', '/evil.example.com'],
    ['', '/'],
  ])('%j is %s', (given, local) => {
    expect(localLocation(given)).toBe(local)
  })

  test('is this server, whatever it says', () => {
    const parts = fc.constantFrom('https:', 'http:', '//', '/', '\\', 'evil.com', '@', ':80', '?', '#', '.', 'x', '\t')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const { location = '' } = redirect(303, localLocation(pieces.join(''))).headers
        expect(new URL(location, 'http://127.0.0.1:8069/web/login').host).toBe('127.0.0.1:8069')
      }),
    )
  })
})

test('parameters are written as werkzeug does', () => {
  expect(queryText({ redirect: '/web?debug=1&x', a: 'b c,d;$~', é: '+' })).toBe(
    'redirect=%2Fweb%3Fdebug%3D1%26x&a=b+c,d;$~&%C3%A9=%2B',
  )
  expect(withQuery('/my', {})).toBe('/my')
})
