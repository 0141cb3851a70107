import type { Engine } from '../../engine/contract.ts'
import { sql } from '../../sql/sql-text.ts'

/**
 * Sets the system parameter `web.base.url` to the address that the sandbox listens on, as Odoo does when an
 * administrator signs in; `web.base.url.freeze` keeps it as it is (odoo 18.0 res_users.py, authenticate).
 */
export function tellOwnUrl({ db }: Engine, url: string): void {
  db.run(sql`
    UPDATE ir_config_parameter SET value = ${url}
    WHERE key = 'web.base.url' AND NOT EXISTS (
      SELECT 1 FROM ir_config_parameter WHERE key = 'web.base.url.freeze' AND value <> '')`)
}
