import type { OdooContext } from '@odoo-gatehouse/odoo/schema'
import type { RecordContext } from './request.ts'

/** The caller's context in Odoo's spelling. Written key by key: nothing else can come along. */
export function printContext(context: RecordContext = {}): OdooContext {
  const { lang, tz, allowedCompanyIds, activeTest, binSize } = context
  return {
    ...(lang === undefined ? {} : { lang }),
    ...(tz === undefined ? {} : { tz }),
    ...(allowedCompanyIds === undefined ? {} : { allowed_company_ids: allowedCompanyIds }),
    ...(activeTest === undefined ? {} : { active_test: activeTest }),
    ...(binSize === undefined ? {} : { bin_size: binSize }),
  }
}

/** The same context for a check of ids: an archived record is still there. */
export function withArchived(context: OdooContext): OdooContext {
  return { ...context, active_test: false }
}
