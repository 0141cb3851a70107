import { BlockList, isIP } from 'node:net'

/** A list of networks, made ready to be asked at every call. */
export type Networks = {
  /** True if the address lies in one of them. What is no IP address lies in none. */
  has(address: string): boolean
}

/** The most bits of a prefix, by the version of IP. */
const BITS_MAX = new Map([
  [4, 32],
  [6, 128],
])

/** True for an IP address (`192.0.2.1`, `2001:db8::1`), alone or with the length of a prefix (`10.0.0.0/8`). */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const most = BITS_MAX.get(isIP(address))
  if (most === undefined || rest.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

/**
 * Makes a list ready. An IPv4 address that came over IPv6 (`::ffff:192.0.2.1`) is that IPv4 address.
 *
 * @param texts for each of which `isNetwork` is true
 */
export function compileNetworks(texts: readonly string[]): Networks {
  const list = new BlockList()
  for (const text of texts) {
    const [address = '', bits] = text.split('/')
    const family = familyOf(address)
    if (family === undefined) throw new TypeError('A network was not checked before it was compiled.')
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return {
    has: (address) => {
      // A zone (`fe80::1%eth0`) says which link an address is on, not which address it is (RFC 4007 §11).
      const [bare = ''] = address.split('%', 1)
      const family = familyOf(bare)
      return family !== undefined && list.check(bare, family)
    },
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  if (version === 0) return undefined
  return version === 4 ? 'ipv4' : 'ipv6'
}
