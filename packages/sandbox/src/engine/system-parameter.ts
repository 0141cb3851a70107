import { sql } from '../sql/sql-text.ts'
import type { Engine } from './contract.ts'

/** The value of a system parameter, whoever asks; undefined when there is none (odoo 18.0 ir_config_parameter.py). */
export function systemParameter(engine: Engine, key: string): string | undefined {
  const row = engine.db.get(sql`SELECT value FROM ir_config_parameter WHERE key = ${key}`)
  return typeof row?.value === 'string' ? row.value : undefined
}
