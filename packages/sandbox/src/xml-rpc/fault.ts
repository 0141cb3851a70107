import type { OdooFault } from '../fault/odoo-fault.ts'
import { xmlFault } from './write-answer.ts'

/** The protocol's versions: in the first one the code of a fault is text. */
export type XmlRpcVersion = 1 | 2

/** Python's own errors, and what Odoo raises without a sentence for people. */
const APPLICATION_ERROR = 1

/** Code and kind of Odoo's own exceptions (odoo 18.0 base, controllers/rpc.py). Those that are not here are told by `else`. */
const EXCEPTIONS: Readonly<Record<string, { readonly code: number; readonly kind: string }>> = {
  'odoo.exceptions.RedirectWarning': { code: 2, kind: 'Warning' },
  'odoo.exceptions.UserError': { code: 2, kind: 'UserError' },
  'odoo.exceptions.ValidationError': { code: 2, kind: 'UserError' },
  'odoo.exceptions.MissingError': { code: 2, kind: 'MissingError' },
  'odoo.exceptions.LockError': { code: 2, kind: 'UserError' },
  'odoo.exceptions.AccessDenied': { code: 3, kind: 'AccessDenied' },
  'odoo.exceptions.AccessError': { code: 4, kind: 'AccessError' },
}

/** A failure as XML-RPC tells it: what Odoo wrote for people by its sentence, anything else as a traceback. */
export function presentXmlFault({ exception, message }: OdooFault, version: XmlRpcVersion): string {
  const told = EXCEPTIONS[exception]
  if (version === 2)
    return told ? xmlFault(told.code, message) : xmlFault(APPLICATION_ERROR, traceback(exception, message))
  if (!told) return xmlFault(message, traceback(exception, message))
  return told.kind === 'AccessDenied'
    ? xmlFault(told.kind, message)
    : xmlFault(`warning -- ${told.kind}\n\n${message}`, '')
}

/** The last line of Python's traceback is what people read in the answer of a client. */
function traceback(exception: string, message: string): string {
  return `Traceback (most recent call last):\n  kept by the sandbox\n${exception.replace(/^builtins\./, '')}: ${message}\n`
}
