import { isStorableJson, isStorableText } from '../literal/index.ts'
import type { FieldType } from './field-type.ts'
import type { FieldSchema } from './model-schema.ts'
import { CommandError, ID_MAX, isRecordId, parseX2manyCommands } from './x2many-command.ts'

/** Says why a value does not fit, or undefined. */
type Check = (field: FieldSchema, value: unknown) => string | undefined

/**
 * Why a value cannot be written to a field of its type, as a sentence; undefined if it can.
 *
 * Odoo stores much of what it does not understand: text in a many2one becomes unset, `'false'` in a boolean becomes
 * true, a list in a char becomes its Python text, a char beyond its size is cut. So the forms are exact here. Whether
 * the user may write the field, and whether the record is then valid, is not looked at; nor are the values inside
 * x2many commands, which are writes on the related model.
 */
export function checkWriteValue(field: FieldSchema, value: unknown): string | undefined {
  const reason = CHECKS[field.type](field, value)
  return reason === undefined ? undefined : `The field ${field.name} takes ${reason}.`
}

/** One row a type: the check and, in its answer, the form that the type takes. */
const CHECKS = {
  boolean: form('true or false', (value) => typeof value === 'boolean'),
  integer: form('an integer from -2147483648 to 2147483647', isInt4),
  float: form('a number', Number.isFinite),
  monetary: form('a number', Number.isFinite),
  char: checkChar,
  text: form('a text without NUL, or false', orUnset(isText)),
  html: form('a text without NUL, or false', orUnset(isText)),
  date: form("a date 'YYYY-MM-DD' that exists, or false", orUnset(isDate)),
  datetime: form("a moment in UTC 'YYYY-MM-DD HH:MM:SS' that exists, or false", orUnset(isDatetime)),
  selection: checkSelection,
  binary: form('base64 text, or false', orUnset(isBase64)),
  image: form('base64 text, or false', orUnset(isBase64)),
  many2one: form('the id of a record, or false', orUnset(isRecordId)),
  one2many: checkCommands,
  many2many: checkCommands,
  reference: checkReference,
  many2one_reference: form(
    'the id of a record, or false',
    orUnset((value) => value === 0 || isRecordId(value)),
  ),
  json: form('JSON without NUL', isStorableJson),
  properties: form('a list or an object without NUL, or false', orUnset(isStorableContainer)),
  properties_definition: form('a list without NUL, or false', orUnset(isStorableContainer)),
  serialized: form('an object without NUL, or false', orUnset(isStorableContainer)),
  // A type that a module brought along: what Odoo makes of a list or object there, nobody can tell.
  unknown: form('a text, a number, true, false or null', isPlain),
} satisfies Record<FieldType | 'unknown', Check>

function form(wanted: string, fits: (value: unknown) => boolean): Check {
  return (_, value) => (fits(value) ? undefined : wanted)
}

/** `false` and `null` both unset a field of a type that can be unset. */
function orUnset(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === false || value === null || fits(value)
}

function checkChar({ size }: FieldSchema, value: unknown): string | undefined {
  if (value === false || value === null) return undefined
  if (!isText(value)) return 'a text without NUL, or false'
  // PostgreSQL counts characters, not UTF-16 code units.
  const isTooLong = size !== undefined && value.length > size && [...value].length > size
  return isTooLong ? `at most ${size} characters` : undefined
}

function checkSelection({ selection }: FieldSchema, value: unknown): string | undefined {
  if (value === false || value === null) return undefined
  if (selection === undefined)
    return isText(value) || Number.isSafeInteger(value) ? undefined : 'one of its keys, or false'
  return selection.some(([key]) => key === value) ? undefined : 'one of its keys, or false'
}

/** The keys of a reference's selection are the models that it may lead to. */
function checkReference({ selection }: FieldSchema, value: unknown): string | undefined {
  if (value === false || value === null) return undefined
  const [, model, id] = (typeof value === 'string' && /^([a-z_][a-z0-9_.]*),([1-9][0-9]{0,9})$/.exec(value)) || []
  if (model === undefined || Number(id) > ID_MAX) return "a text 'model,id', or false"
  return selection === undefined || selection.some(([key]) => key === model) ? undefined : 'another model'
}

function checkCommands(_: FieldSchema, value: unknown): string | undefined {
  try {
    parseX2manyCommands(value)
    return undefined
  } catch (error) {
    if (error instanceof CommandError) return `a list of commands; ${error.message.replace(/\.$/, '')}`
    throw error
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && isStorableText(value)
}

function isInt4(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -ID_MAX - 1 && value <= ID_MAX
}

/** Built anew and compared, so that 30 February and month 13 are no dates. */
function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) || value < '0001') return false
  const milliseconds = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(value)
}

function isDatetime(value: unknown): boolean {
  if (typeof value !== 'string' || value.length !== 19) return false
  return isDate(value.slice(0, 10)) && /^ (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/.test(value.slice(10))
}

/** The standard alphabet with padding; line breaks as in MIME are fine, a `data:` prefix is not. */
function isBase64(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const packed = value.replace(/[\r\n]/g, '')
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
}

function isStorableContainer(value: unknown): boolean {
  return typeof value === 'object' && isStorableJson(value)
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || Number.isFinite(value) || isText(value)
}
