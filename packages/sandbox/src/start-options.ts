import type { OdooVersion } from './version/odoo-version.ts'

/** The releases that the sandbox looks like, the oldest first. */
export const ODOO_VERSIONS = [17, 18, 19] as const satisfies readonly OdooVersion[]

/** What whoever starts a sandbox chooses, as it came: programs without types start it, too. */
export type ChosenOptions = { readonly odooVersion: unknown; readonly host: unknown; readonly database: unknown }

/** What is wrong with the options of a sandbox, as a sentence that says what to do; `undefined`: nothing. */
export function complaintAbout({ odooVersion, host, database }: ChosenOptions): string | undefined {
  if (!ODOO_VERSIONS.some((known) => known === odooVersion)) return VERSION_COMPLAINT
  if (typeof host !== 'string' || !isLoopback(host)) return HOST_COMPLAINT
  return typeof database === 'string' && isDatabaseName(database) ? undefined : DATABASE_COMPLAINT
}

export const VERSION_COMPLAINT = `There are Odoo ${ODOO_VERSIONS.slice(0, -1).join(', ')} and ${ODOO_VERSIONS.at(-1)}.`

export const HOST_COMPLAINT =
  'The sandbox listens on loopback only, such as 127.0.0.1: others could reach it elsewhere, and its passwords are published.'

export const DATABASE_COMPLAINT =
  'The name of a database has letters, digits, "_", "." and "-", and begins with a letter or digit.'

/** True when nothing but this machine can reach the address: 127.0.0.0/8, `::1`, `localhost`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** A name of PostgreSQL's, as Odoo's database manager takes it (odoo 18.0 web/controllers/database.py). */
export function isDatabaseName(text: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text)
}
