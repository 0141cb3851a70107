import { isStorableText } from '../literal/index.ts'
import { isRecordId } from './x2many-command.ts'

/**
 * The context keys that a caller may send. `default_*` would preset hidden fields, and modules read keys of their own
 * that switch checks off, so everything else stays behind.
 */
export const CONTEXT_KEYS = ['lang', 'tz', 'allowed_company_ids', 'active_test', 'bin_size'] as const

/** One of the allowed keys. */
export type ContextKey = (typeof CONTEXT_KEYS)[number]

/** A context of allowed keys only. */
export type OdooContext = {
  /** A language code, `en_US`. One that is not installed is ignored by 17 and an error in 18 and 19. */
  readonly lang?: string
  /** A name of the time zone database, `Europe/Brussels`. */
  readonly tz?: string
  /** The first one is the current company. */
  readonly allowed_company_ids?: readonly number[]
  /** Whether archived records are left out of searches; Odoo's default is true. */
  readonly active_test?: boolean
  /** Whether files are read as their size instead of their content. */
  readonly bin_size?: boolean
}

/**
 * The allowed keys of a context from outside, those whose value has the right form. The rest is dropped without a
 * word, because clients copy whole contexts of the web client into their calls.
 *
 * @example pickContext({ lang: 'en_US', default_name: 'x' }) // { lang: 'en_US' }
 */
export function pickContext(context: unknown): OdooContext {
  if (typeof context !== 'object' || context === null) return {}
  const { lang, tz, allowed_company_ids, active_test, bin_size } = context as Record<string, unknown> // Checked below.
  return {
    ...(isName(lang) ? { lang } : {}),
    ...(isName(tz) ? { tz } : {}),
    ...(Array.isArray(allowed_company_ids) && allowed_company_ids.every(isRecordId) ? { allowed_company_ids } : {}),
    ...(typeof active_test === 'boolean' ? { active_test } : {}),
    ...(typeof bin_size === 'boolean' ? { bin_size } : {}),
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 64 && isStorableText(value)
}
