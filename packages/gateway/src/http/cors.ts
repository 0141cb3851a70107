/** The headers of an answer that a page of another origin may read. */
const EXPOSED = [
  'X-Total-Count',
  'X-Request-Id',
  'ETag',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'X-Limit-Capped',
].join(', ')

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'

/** How long a browser may remember a preflight. Seconds. */
const PREFLIGHT_SECONDS = 600

/**
 * The CORS headers of an answer (Fetch standard §3.2): the origin is echoed only if it is on the list, never `*`.
 * Nothing when it is not, so that the browser keeps the answer from the page.
 */
export function corsHeaders(origin: string | undefined, origins: readonly string[]): Record<string, string> {
  if (origin === undefined || !origins.includes(origin)) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED,
  }
}

/** What a preflight adds: it asks before the call, without any credential. */
export function preflightHeaders(requestedHeaders: string | undefined): Record<string, string> {
  return {
    'access-control-allow-methods': METHODS,
    'access-control-max-age': String(PREFLIGHT_SECONDS),
    ...(isHeaderList(requestedHeaders) ? { 'access-control-allow-headers': requestedHeaders } : {}),
  }
}

/** Only plain header names are echoed. */
function isHeaderList(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_-]+( *, *[A-Za-z0-9_-]+)*$/.test(text)
}
