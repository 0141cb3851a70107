import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { createSealer, deriveMasterKey, type Sealer } from './sealer.ts'
import { createSeededRandom } from './testing/seeded-random.ts'

const PURPOSE = 'odoo_session.sealed_session_id:os_1'
const sealer = sealerOf('the first master secret, long enough')

describe('a sealed text', () => {
  test('opens for its purpose, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, purpose) => {
        expect(sealer.open(purpose, sealer.seal(purpose, text))).toBe(text)
      }),
    )
  })

  test('shows neither the text nor, twice sealed, that it is the same', () => {
    const first = sealer.seal(PURPOSE, 'session-0123456789')
    const second = sealer.seal(PURPOSE, 'session-0123456789')
    expect(first).not.toBe(second)
    expect(Buffer.from(first.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('session')
  })

  test('names its master key, and fits a URL and a header', () => {
    expect(sealer.seal(PURPOSE, 'x')).toMatch(/^s1\.[\w-]{11}\.[\w-]{16}\.[\w-]+$/)
    expect(sealer.seal(PURPOSE, 'x').split('.')[1]).toBe(sealer.keyId)
  })

  const sealed = sealer.seal(PURPOSE, 'session-0123456789')
  const [version, keyId, nonce = '', body = ''] = sealed.split('.')
  test.each([
    { name: 'in another row', purpose: 'odoo_session.sealed_session_id:os_2', value: sealed },
    { name: 'in another column', purpose: 'signing_key.sealed_private:os_1', value: sealed },
    { name: 'with another body', purpose: PURPOSE, value: [version, keyId, nonce, flipped(body)].join('.') },
    { name: 'with another nonce', purpose: PURPOSE, value: [version, keyId, flipped(nonce), body].join('.') },
    { name: 'cut short by a byte', purpose: PURPOSE, value: [version, keyId, nonce, cut(body, 1)].join('.') },
    { name: 'cut to less than its tag', purpose: PURPOSE, value: [version, keyId, nonce, body.slice(0, 8)].join('.') },
    { name: 'of another version', purpose: PURPOSE, value: ['s2', keyId, nonce, body].join('.') },
    { name: 'that is the plain text', purpose: PURPOSE, value: 'session-0123456789' },
    { name: 'that is empty', purpose: PURPOSE, value: '' },
  ])('does not open $name', ({ purpose, value }) => {
    expect(unreadable(() => sealer.open(purpose, value))).not.toContain('session-')
  })

  test('does not open under another master key, and says which key it was', () => {
    const other = sealerOf('the second master secret, long enough')
    expect(unreadable(() => other.open(PURPOSE, sealed))).toContain(sealer.keyId)
  })

  test('does not open under another master key that claims the same id', () => {
    const other = sealerOf('the second master secret, long enough')
    unreadable(() => other.open(PURPOSE, [version, other.keyId, nonce, body].join('.')))
  })
})

describe('a master key', () => {
  test('comes from its secret alone', () => {
    const secret = 'the first master secret, long enough'
    expect(deriveMasterKey(secret)).toEqual(deriveMasterKey(secret))
    expect(deriveMasterKey(secret)).toHaveLength(32)
    expect(deriveMasterKey(`${secret}.`)).not.toEqual(deriveMasterKey(secret))
  })

  test('is not made from a short secret', () => {
    expect(() => deriveMasterKey('x'.repeat(31))).toThrow(/at least 32 characters/)
    expect(deriveMasterKey('x'.repeat(32))).toHaveLength(32)
  })

  test('of another size is refused', () => {
    expect(() => createSealer({ masterKey: new Uint8Array(16), random: createSeededRandom('x') })).toThrow(RangeError)
  })
})

function sealerOf(secret: string): Sealer {
  return createSealer({ masterKey: deriveMasterKey(secret), random: createSeededRandom(secret) })
}

/** The reason for the log of a text that could not be opened. */
function unreadable(open: () => string): string {
  try {
    open()
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'sealed.unreadable') return error.internal ?? ''
    throw error
  }
  throw new Error('It was opened.')
}

/** The same base64url with the bits of its first character turned. */
function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 0x80
  return bytes.toString('base64url')
}

function cut(text: string, bytes: number): string {
  return Buffer.from(text, 'base64url').subarray(0, -bytes).toString('base64url')
}
