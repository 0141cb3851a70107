import { describe, expect, test } from 'vitest'
import { normalizedEmail } from './partner-names.ts'

describe('the address of an e-mail', () => {
  test.each([
    ['an address', 'Marc@Example.com', 'marc@example.com'],
    ['a name before an address', '"Marc Demo" <marc@example.com>', 'marc@example.com'],
    ['a host without a dot', 'root@localhost', 'root@localhost'],
    ['two addresses', 'a@example.com, b@example.com', null],
    ['an address with two @', 'a@b@example.com', null],
    ['nothing before the @', '@example.com', null],
    ['nothing behind the @', 'marc@', null],
    ['no address', 'Marc', null],
    ['nothing', '', null],
    ['false', false, null],
  ])('%s', (_case, text, address) => {
    expect(normalizedEmail(text)).toBe(address)
  })

  test.each(['a', '@', 'a@', '.', 'a@.'])('is found in a moment in a megabyte of %s', (piece) => {
    const started = performance.now()
    normalizedEmail(piece.repeat(1_000_000 / piece.length))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
