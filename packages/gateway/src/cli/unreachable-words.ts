import type { UnreachableReason } from '@odoo-gatehouse/odoo/client'

/** What was met in place of Odoo, for people: stands in brackets behind the address. */
export const UNREACHABLE_WORDS = {
  connect: 'no connection: nothing listens there, the name is not known, or https is not what it speaks',
  timeout: 'no answer in time',
  dropped: 'the connection was dropped',
  bad_answer: 'what answers there is no Odoo',
  too_large: 'what answers there is no Odoo',
} as const satisfies Record<UnreachableReason, string>
