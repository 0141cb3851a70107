import { describe, expect, test } from 'vitest'
import { formattedEmail, normalizedEmail } from './partner-email.ts'

describe('the first address of an e-mail field', () => {
  test.each([
    ['an address', 'Marc@Example.com', 'marc@example.com'],
    ['a name before an address', '"Marc Demo" <marc@example.com>', 'marc@example.com'],
    ['a host without a dot', 'root@localhost', 'root@localhost'],
    ['two addresses', 'a@example.com, b@example.com', 'a@example.com'],
    ['an address with two @', 'a@b@example.com', null],
    ['nothing before the @', '@example.com', null],
    ['nothing behind the @', 'marc@', null],
    ['no address', 'Marc', null],
    ['nothing', '', null],
    ['false', false, null],
  ])('%s', (_case, text, address) => {
    expect(normalizedEmail(text, true)).toBe(address)
  })

  test('semicolons part addresses from 18 on', () => {
    expect(normalizedEmail('a@b.c;d@e.f', true)).toBe('a@b.c')
    expect(normalizedEmail('a@b.c;d@e.f', false)).toBe(null)
  })

  test.each(['a', '@', 'a@', '.', 'a@.'])('is found in a moment in a megabyte of %s', (piece) => {
    const started = performance.now()
    normalizedEmail(piece.repeat(1_000_000 / piece.length), true)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the addresses behind a name', () => {
  test.each([
    ['all of them', 'x <A@b.c>, y <d@e.f>', 'a@b.c,d@e.f'],
    ['what is no address is told by an @', 'not an email', '@not an email'],
    ['nothing', '', undefined],
    ['false', false, undefined],
  ])('%s', (_case, text, shown) => {
    expect(formattedEmail(text, true)).toBe(shown)
  })
})
