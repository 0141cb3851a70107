/** Names below these are nobody's to register (RFC 6761 §6, and ICANN's `internal`). */
const RESERVED = new Set(['localhost', 'test', 'example', 'invalid', 'internal'])

/**
 * Could a `Host` header be about this machine? A page of the internet can point a name of its own at 127.0.0.1 and then
 * read, as its own, whatever listens there (DNS rebinding); the sandbox's passwords are published. So a name that
 * somebody could have registered is refused: what stays are addresses, names without a dot, and reserved ones.
 */
export function isOwnName(hostHeader: string): boolean {
  const host = hostHeader.replace(/:\d*$/, '').toLowerCase()
  if (/^\[[\da-f:.]+\]$/.test(host) || /^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return true
  const labels = host.replace(/\.$/, '').split('.')
  return labels.length === 1 || RESERVED.has(labels.at(-1) ?? '')
}
