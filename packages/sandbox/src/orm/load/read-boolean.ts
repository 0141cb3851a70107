const TRUE: ReadonlySet<string> = new Set(['1', 'true', 'yes'])
const FALSE: ReadonlySet<string> = new Set(['', '0', 'false', 'no'])

/** A text that says yes or no; `undefined` for any other (odoo 18.0 ir_fields.py, _str_to_boolean). */
export function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (TRUE.has(word)) return true
  return FALSE.has(word) ? false : undefined
}
