import type { Call } from '../../http/route.ts'

/** What proxies add to a request. One of them on a request from this machine: somebody else is behind it. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** Names of this machine that nobody else can lead here; with any other, a page may have been lured by DNS rebinding. */
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * Whether a call comes from this machine itself: from a loopback address, for a loopback name, and through no proxy that
 * says so.
 */
export function isLocalCall(call: Pick<Call, 'address' | 'headerValues'>): boolean {
  const hosts = call.headerValues('host')
  return (
    isLoopbackAddress(call.address) &&
    PROXY_HEADERS.every((name) => call.headerValues(name).length === 0) &&
    hosts.every((host) => LOCAL_HOST.test(host))
  )
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address)
}
