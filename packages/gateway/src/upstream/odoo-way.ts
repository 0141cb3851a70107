import type { OdooKeyAccess, OdooSession } from '@odoo-gatehouse/odoo/client'

/** A way into Odoo as one user: a web session or, without reports and files, an API key of Odoo. */
export type OdooWay = OdooSession | OdooKeyAccess
