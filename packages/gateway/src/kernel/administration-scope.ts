/**
 * What a token has to carry for the admin API. Only the built-in console asks for it, after a fresh sign-in; no API, key
 * or client can be given it: it is no scope over records (`isRecordScope`).
 */
export const ADMINISTRATION_SCOPE = 'gatehouse:admin'

/** The client that the console signs in as; no client of that id can be made. */
export const CONSOLE_CLIENT_ID = 'gatehouse-console'

/** True for a grant of the console that may administer. */
export function isForAdministration(grant: { readonly clientId: string; readonly scopes: readonly string[] }): boolean {
  return grant.clientId === CONSOLE_CLIENT_ID && grant.scopes.includes(ADMINISTRATION_SCOPE)
}
