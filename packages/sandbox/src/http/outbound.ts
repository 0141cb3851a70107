import { get } from 'node:http'
import { isLoopback } from '../start-options.ts'

/** The longest answer that is read, bytes. */
const BODY_MAX = 1024 * 1024

/** Milliseconds until a server must have answered (odoo 18.0 auth_oauth, _auth_oauth_rpc). */
const TIMEOUT_MS = 10_000

/** What another server answered. */
export type OutboundAnswer = {
  readonly status: number
  /** Its header WWW-Authenticate, if it has one. */
  readonly challenge: string
  readonly body: string
}

/**
 * Asks a server on this machine: the only way in which the sandbox speaks to anybody. It has published passwords, so it
 * does not go out on behalf of who knows them: another host is a TypeError. Redirects are not followed.
 */
export function getFromThisMachine(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OutboundAnswer> {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:' || !isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) {
    throw new TypeError('The sandbox asks http servers on this machine only')
  }
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const request = get(url, { headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > BODY_MAX) request.destroy(new Error('The answer is too long'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        const challenge = response.headers['www-authenticate'] ?? ''
        resolve({ status: response.statusCode ?? 0, challenge, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    request.on('error', reject)
  })
}
