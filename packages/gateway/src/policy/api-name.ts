/**
 * The first segments of the gateway's fixed paths, which no API may be named after: `/<api>/…` would hide behind them.
 * CONTRACT §0, "which API".
 */
export const RESERVED_API_NAMES: ReadonlySet<string> = new Set([
  'api',
  'auth',
  'web',
  'oauth2',
  'restapi',
  'report',
  'admin',
  'docs',
  'console',
  'static',
  'healthz',
  'readyz',
  'metrics',
  'openapi',
  'jsonrpc',
  'xmlrpc',
  'mcp',
])

const PATTERN = /^[a-z][a-z0-9-]{1,31}$/

/** What is wrong with a name for an API, as the end of a sentence; undefined for a good one. */
export function faultOfApiName(name: string): string | undefined {
  if (!PATTERN.test(name)) return 'must be 2 to 32 characters: a letter, then small letters, digits or "-"'
  if (RESERVED_API_NAMES.has(name))
    return `"${name}" is the beginning of a fixed path of the gateway: take another name`
  return undefined
}
