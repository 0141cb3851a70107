/** Methods that Python may call and clients may not (`@api.private` of odoo 18.0 models.py). */
const since18 = [
  ...['concat', 'ensure_one', 'filtered', 'filtered_domain', 'flush_model', 'flush_recordset', 'grouped', 'init'],
  ...['invalidate_model', 'invalidate_recordset', 'mapped', 'new', 'sorted', 'sudo', 'union', 'with_company'],
  ...['with_context', 'with_env', 'with_prefetch', 'with_user'],
]

/** Those of odoo 19.0 orm/models.py. */
const since19 = [
  ...['browse', 'check_access', 'exists', 'fetch', 'lock_for_update', 'modified', 'search_fetch'],
  ...['try_lock_for_update', 'update'],
]

export const privateMethods17: ReadonlySet<string> = new Set<string>()
export const privateMethods18: ReadonlySet<string> = new Set(since18)
export const privateMethods19: ReadonlySet<string> = new Set([...since18, ...since19])
