import { administrationErrors } from '../../administration/errors.ts'
import type { ApiCondition } from '../../administration/set-api.ts'
import type { Call } from '../../http/route.ts'

/**
 * The condition of a change (RFC 9110 §13.1): `If-Match` with ETags or `*`, or `If-None-Match: *`.
 *
 * @throws admin.condition
 */
export function conditionOf(call: Pick<Call, 'headerValues'>): ApiCondition | undefined {
  const match = call.headerValues('if-match')
  const noneMatch = call.headerValues('if-none-match')
  if (match.length === 0 && noneMatch.length === 0) return undefined
  if (match.length > 0 && noneMatch.length > 0) throw administrationErrors['admin.condition']()
  if (noneMatch.length > 0) {
    if (noneMatch.join().trim() !== '*') throw administrationErrors['admin.condition']()
    return { kind: 'absent' }
  }
  const text = match.join(',').trim()
  if (text === '*') return { kind: 'present' }
  const etags = text.split(',').map((etag) => etag.trim())
  // A weak one never matches (RFC 9110 §13.1.1).
  if (!etags.every((etag) => /^(?:W\/)?"[^"]*"$/.test(etag))) throw administrationErrors['admin.condition']()
  return { kind: 'version', etags }
}
