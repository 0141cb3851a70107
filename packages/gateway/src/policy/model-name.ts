/** The longest technical name of a model: PostgreSQL's limit for the name of its table, and then some. */
const LENGTH_MAX = 128

const PATTERN = /^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*$/

/** True for a text that can be the technical name of a model (odoo 18.0 models.py: regex_object_name). */
export function isModelName(text: string): boolean {
  return text.length <= LENGTH_MAX && PATTERN.test(text)
}
