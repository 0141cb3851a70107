import { createHash } from 'node:crypto'

/** Whom a sign-in names, whether there is such a user or not. */
export type Account = { readonly database: string; readonly login: string }

/**
 * One spelling of a login for all that an Odoo may take for the same: without space around it, in small letters. Odoo
 * itself compares exactly (odoo 18.0 res_users.py: _get_login_domain); modules and people do not.
 */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/** What an account is counted by. Its names are hashed: neither is bounded in length, and a count needs none of them. */
export function accountKey({ database, login }: Account): string {
  return hashOf([database, normalLogin(login)])
}

/** What a database is counted by, hashed like an account: it need not be one of ours. */
export function databaseKey(database: string): string {
  return hashOf([database])
}

function hashOf(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names), 'utf8').digest('base64url')
}
