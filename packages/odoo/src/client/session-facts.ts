/** Who a session belongs to, as Odoo tells at sign-in (odoo 18.0 web/models/ir_http.py: session_info). */
export type OdooSessionFacts = {
  readonly uid: number
  /** The login as Odoo stores it, which is not always as it was typed. */
  readonly login: string
  /** The current company; portal users are not told theirs. */
  readonly companyId?: number
  /** Member of the group Settings. */
  readonly isSystem: boolean
  /** Member of the group Access Rights. */
  readonly isAdmin: boolean
  readonly context: { readonly lang?: string; readonly tz?: string }
  /** The whole answer, for who has to pass it on. */
  readonly raw: object
}

/** Reads what `/web/session/authenticate` and `get_session_info` answer; undefined if it names no user. */
export function readSessionFacts(info: unknown): OdooSessionFacts | undefined {
  if (!isRecord(info)) return undefined
  const { uid, username, is_system, is_admin, user_context, user_companies } = info
  if (typeof uid !== 'number' || !Number.isSafeInteger(uid) || uid < 1 || typeof username !== 'string') return undefined
  const { lang, tz } = isRecord(user_context) ? user_context : {}
  const companyId = readCompanyId(isRecord(user_companies) ? user_companies.current_company : undefined)
  return {
    uid,
    login: username,
    ...(companyId === undefined ? {} : { companyId }),
    isSystem: is_system === true,
    isAdmin: is_admin === true,
    context: { ...(typeof lang === 'string' ? { lang } : {}), ...(typeof tz === 'string' ? { tz } : {}) },
    raw: info,
  }
}

/** An id; Odoo 14 tells `[id, name]`. */
function readCompanyId(company: unknown): number | undefined {
  const id: unknown = Array.isArray(company) ? company[0] : company
  return typeof id === 'number' ? id : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
