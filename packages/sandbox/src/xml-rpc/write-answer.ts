import { OdooFault, typeError } from '../fault/odoo-fault.ts'
import { markupText } from '../value/markup-text.ts'
import { pythonType } from '../value/python-text.ts'

/** The largest and the smallest `<int>`; Python writes no other whole number. */
const INT_MAX = 2 ** 31 - 1
const INT_MIN = -(2 ** 31)

/**
 * A result as XML-RPC. None, and whole numbers beyond 32 bits, cannot be written and are Python's errors, although the
 * call was made (odoo 18.0 base, controllers/rpc.py: OdooMarshaller). `fractions` names the members that hold a float
 * even where it is a whole number.
 */
export function xmlAnswer(result: unknown, fractions: ReadonlySet<string> = new Set()): string {
  return envelope(`<params>\n<param>\n${value(result, fractions)}</param>\n</params>`)
}

/** A failure as XML-RPC: the code is a number or, in the old version of the protocol, text. */
export function xmlFault(code: number | string, sentence: string): string {
  return envelope(`<fault>\n${value({ faultCode: code, faultString: sentence }, new Set())}</fault>`)
}

function envelope(inner: string): string {
  return `<?xml version="1.0"?>\n<methodResponse>\n${inner}\n\n</methodResponse>\n`
}

function value(given: unknown, fractions: ReadonlySet<string>): string {
  return `<value>${typed(given, fractions)}</value>\n`
}

function typed(given: unknown, fractions: ReadonlySet<string>): string {
  if (typeof given === 'string') return `<string>${text(given)}</string>`
  if (typeof given === 'boolean') return `<boolean>${given ? 1 : 0}</boolean>`
  if (typeof given === 'number') return Number.isInteger(given) ? integer(given) : double(given)
  if (given === null || given === undefined) throw typeError('cannot marshal None unless allow_none is enabled')
  if (Array.isArray(given)) {
    return `<array><data>\n${given.map((item) => value(item, fractions)).join('')}</data></array>`
  }
  if (typeof given !== 'object') throw typeError(`cannot marshal ${pythonType(given)} objects`)
  const members = Object.entries(given).map(([name, item]) => {
    const isFraction = typeof item === 'number' && fractions.has(name)
    const shown = isFraction ? `<value>${double(item)}</value>\n` : value(item, fractions)
    return `<member>\n<name>${text(name)}</name>\n${shown}</member>\n`
  })
  return `<struct>\n${members.join('')}</struct>`
}

function integer(given: number): string {
  if (given > INT_MAX || given < INT_MIN) throw new OdooFault('builtins.OverflowError', 'int exceeds XML-RPC limits')
  return `<int>${given}</int>`
}

/** As Python writes a float: with a fraction, however whole it is. */
function double(given: number): string {
  return `<double>${Number.isInteger(given) && Math.abs(given) < 1e16 ? `${given}.0` : given}</double>`
}

/** Control characters but tab and line breaks are left out: XML 1.0 does not have them. */
function text(given: string): string {
  const allowed = given.replace(/[^\t\n\r\u0020-\uffff]/g, '')
  return markupText(allowed)
}
