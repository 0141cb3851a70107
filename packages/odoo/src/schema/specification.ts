/**
 * Which fields `web_read` and `web_search_read` answer, and how far into the relations (odoo 17.0 and on,
 * web/models/models.py: web_read). A field without `fields` gives ids (x2many) or an id (many2one).
 *
 * @example { name: {}, country_id: { fields: { display_name: {} } }, child_ids: { fields: { name: {} }, limit: 10 } }
 */
export type Specification = {
  readonly [field: string]: {
    readonly fields?: Specification
    /** x2many only: how many records get their fields; the others come as `{ id }` alone. */
    readonly limit?: number
    /** x2many only. */
    readonly order?: string
    readonly context?: Record<string, unknown>
  }
}
