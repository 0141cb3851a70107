import { isIP } from 'node:net'

/** An IPv4 address inside IPv6 (RFC 4291 §2.5.5.2) as `URL` prints it: `[::ffff:c000:201]`. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/** Groups of 16 bits that tell the network of a customer; whoever has one has all the addresses in it (RFC 6177). */
const IPV6_GROUPS = 4

/**
 * Whom attempts from an address are counted for: an IPv4 address itself, of IPv6 the /64 (`2001:db8:0:1::/64`). What is
 * no address stands for itself, so that it is counted all the same.
 */
export function clientNetwork(address: string): string {
  // A zone (`fe80::1%eth0`) is the name of a link, not part of the address (RFC 4007 §11).
  const [bare = ''] = address.split('%', 1)
  if (isIP(bare) !== 6) return address
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = MAPPED.exec(canonical) ?? []
  if (high !== undefined && low !== undefined) return dotted(Number.parseInt(high, 16), Number.parseInt(low, 16))
  return `${groupsOf(canonical).slice(0, IPV6_GROUPS).join(':')}::/64`
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

function groupsOf(canonical: string): readonly string[] {
  const [head = '', tail] = canonical.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}
