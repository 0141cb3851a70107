/** How a version reads what others read otherwise. */
export type ScalarDialect = {
  /** Is `dateTime.iso8601` a moment, or text that no field takes? */
  readonly readsMoments: boolean
}

/** An element with a text that its type does not allow. */
export class BadScalar extends Error {
  override readonly name = 'BadScalar'
}

/** The value of an element without elements within; undefined for a tag that is no type of XML-RPC's or Python's. */
export function readScalar(tag: string, text: string, dialect: ScalarDialect): { readonly value: unknown } | undefined {
  const read = Object.hasOwn(TYPES, tag) ? TYPES[tag] : undefined
  return read === undefined ? undefined : { value: read(text, dialect) }
}

const TYPES: Readonly<Record<string, (text: string, dialect: ScalarDialect) => unknown>> = {
  ...Object.fromEntries(['int', 'i1', 'i2', 'i4', 'i8', 'biginteger'].map((tag) => [tag, integer])),
  ...Object.fromEntries(['double', 'float', 'bigdecimal'].map((tag) => [tag, fraction])),
  boolean(text) {
    if (text !== '0' && text !== '1') throw new BadScalar('bad boolean value')
    return text === '1'
  },
  string: (text) => text,
  name: (text) => text,
  nil: () => null,
  base64: (text) => Buffer.from(text, 'base64').toString('latin1'),
  'dateTime.iso8601': (text, { readsMoments }) => (readsMoments ? moment(text) : text),
}

function integer(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new BadScalar(`invalid literal for int() with base 10: '${text}'`)
  return Number(text)
}

function fraction(text: string): number {
  const trimmed = text.trim().toLowerCase()
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(trimmed)) return Number(trimmed)
  if (trimmed === 'nan') return Number.NaN
  const infinite = /^([+-]?)inf(inity)?$/.exec(trimmed)
  if (infinite === null) throw new BadScalar(`could not convert string to float: '${text}'`)
  return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** `20261120T23:20:00` in Odoo's own writing. */
function moment(text: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)
  const written = parts && `${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}:${parts[5]}:${parts[6]}`
  // A day or an hour that does not exist becomes another one, or none.
  const read = written ? new Date(`${written.replace(' ', 'T')}Z`) : undefined
  if (!written || read === undefined || Number.isNaN(read.getTime()) || !isSame(read, written)) {
    throw new BadScalar(`time data '${text}' does not match format '%Y%m%dT%H:%M:%S'`)
  }
  return written
}

function isSame(read: Date, written: string): boolean {
  return read.toISOString().slice(0, 19).replace('T', ' ') === written
}
