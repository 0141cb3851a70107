import type { Engine } from '../engine/contract.ts'
import { assertionError, attributeError, OdooFault, typeError } from '../fault/odoo-fault.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'

/** What Python walks through in place of a list: the characters of a text, the keys of an object. */
export function walked(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null) return Object.keys(value)
  throw typeError(`argument after * must be an iterable, not ${pythonType(value)}`)
}

/**
 * Arguments by name, as a function without named ones takes them; a name that ends in `?` may be left out. Too few or too
 * many are Python's TypeError.
 */
export function namedByPosition(
  name: string,
  params: readonly string[],
  given: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const missing = params.slice(given.length).filter((param) => !param.endsWith('?'))
  if (missing.length > 0) {
    const names = missing.map((param) => `'${param}'`).join(' and ')
    throw typeError(
      `${name}() missing ${missing.length} required positional argument${plural(missing.length)}: ${names}`,
    )
  }
  if (given.length > params.length) {
    throw typeError(`${name}() takes ${params.length} positional arguments but ${given.length} were given`)
  }
  return Object.fromEntries(given.map((value, index) => [params[index]?.replace('?', '') ?? '', value]))
}

/** Refuses any database but the one there is, as PostgreSQL does: over RPC Odoo connects to whatever it is told. */
export function checkDatabase(engine: Engine, name: unknown): void {
  if (name === engine.database) return
  if (!pythonTruth(name) && engine.version.rpc.noDatabase === 'assertion') throw assertionError('Missing database name')
  if (typeof name === 'object' && name !== null) throw typeError(`unhashable type: '${pythonType(name)}'`)
  if (typeof name !== 'string') throw attributeError(`'${pythonType(name)}' object has no attribute 'startswith'`)
  throw new OdooFault(
    'psycopg2.OperationalError',
    `connection to server at "localhost" (127.0.0.1), port 5432 failed: FATAL:  database "${name}" does not exist\n`,
  )
}

function plural(count: number): string {
  return count === 1 ? '' : 's'
}
