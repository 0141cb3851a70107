/** What a request to Odoo is for, in a few words that metrics can have as a label. */
export type OdooCallKind = {
  readonly call: 'read' | 'write' | 'method' | 'sign_in' | 'sign_out' | 'probe' | 'rpc' | 'other'
  readonly model?: string
  readonly method?: string
}

/** Methods of models that change nothing: asked again once after a broken connection. */
export const READS: ReadonlySet<string> = new Set([
  'fields_get',
  'has_group',
  'name_search',
  'read',
  'search',
  'search_count',
  'search_read',
  'web_read',
  'web_search_read',
])

const WRITES: ReadonlySet<string> = new Set(['create', 'write', 'web_save', 'unlink', 'copy', 'load'])

const BY_BEGIN: readonly (readonly [begin: string, call: OdooCallKind['call']])[] = [
  ['/web/session/authenticate', 'sign_in'],
  ['/web/login', 'sign_in'],
  ['/auth_oauth/', 'sign_in'],
  ['/web/session/destroy', 'sign_out'],
  ['/web/session/logout', 'sign_out'],
  ['/web/webclient/version_info', 'probe'],
  ['/jsonrpc', 'rpc'],
  ['/xmlrpc', 'rpc'],
]

/** Reads it off the path. Model and method are names that Gatehouse made the path of. */
export function odooCallKind(path: string): OdooCallKind {
  const [, model, method] = /^\/(?:web\/dataset\/call_kw|json\/2)\/([\w.]+)\/(\w+)/.exec(path) ?? []
  if (model === undefined || method === undefined) {
    return { call: BY_BEGIN.find(([begin]) => path.startsWith(begin))?.[1] ?? 'other' }
  }
  if (READS.has(method)) return { call: 'read', model, method }
  return { call: WRITES.has(method) ? 'write' : 'method', model, method }
}
