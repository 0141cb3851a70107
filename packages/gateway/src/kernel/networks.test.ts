import { describe, expect, test } from 'vitest'
import { compileNetworks, isNetwork } from './networks.ts'

describe('what a network is', () => {
  test.each([
    '192.0.2.1',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '192.0.2.1/32',
    '2001:db8::1',
    '2001:db8::/32',
    '::/0',
    '::1/128',
  ])('%s', (text) => {
    expect(isNetwork(text)).toBe(true)
  })

  test.each([
    ...['', 'localhost', '10.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/8 ', '*'],
    ...['2001:db8::/129', 'fe80::1%eth0', '10.0.0.0/255.0.0.0', '10.0.0.1-10.0.0.9'],
  ])('and "%s" is none', (text) => {
    expect(isNetwork(text)).toBe(false)
  })
})

describe('a list of networks', () => {
  const networks = compileNetworks(['10.0.0.0/8', '192.0.2.7', '2001:db8:1::/48', 'fe80::1'])

  test.each(['10.0.0.0', '10.255.255.255', '192.0.2.7', '2001:db8:1::9', '2001:DB8:1:0::9', 'fe80::1%eth0'])(
    'has %s',
    (address) => {
      expect(networks.has(address)).toBe(true)
    },
  )

  test.each(['11.0.0.0', '192.0.2.8', '2001:db8:2::9', 'fe80::2', '', 'unknown', '10.0.0.1, 9.9.9.9', '010.0.0.1'])(
    'has not "%s"',
    (address) => {
      expect(networks.has(address)).toBe(false)
    },
  )

  test('knows an IPv4 address that came over IPv6', () => {
    expect(networks.has('::ffff:10.1.2.3')).toBe(true)
    expect(networks.has('::ffff:11.1.2.3')).toBe(false)
  })

  test('without any has nothing', () => {
    expect(compileNetworks([]).has('10.0.0.1')).toBe(false)
  })
})
