import { isIP } from 'node:net'
import type { RequestHeaders } from './transport.ts'

/**
 * Odoo takes `X-Forwarded-For` only beside `X-Forwarded-Host` and in proxy mode (odoo 18.0 http.py: proxy_mode), and
 * then believes host and scheme too, from which it chooses the database and builds links.
 *
 * @param url the origin of Odoo
 * @throws TypeError if the address is none: a header is no place for text from outside.
 */
export function forwardedHeaders(url: string, forwardedFor: string | undefined): RequestHeaders {
  if (forwardedFor === undefined) return {}
  if (isIP(forwardedFor) === 0) throw new TypeError('What is forwarded for must be an IP address.')
  const { host, protocol } = new URL(url)
  return { 'x-forwarded-for': forwardedFor, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) }
}
