import { httpErrors } from './errors.ts'

/** What a browser says about where a call comes from. */
export type CallOrigin = {
  /** The header `Origin`. */
  readonly origin: string | undefined
  /** The header `Sec-Fetch-Site`. */
  readonly secFetchSite: string | undefined
}

/**
 * Refuses a cross-site call that sets or uses cookies. A call without either header comes from no browser and is let
 * through: it has no cookies but those that its caller put there.
 *
 * @throws origin.refused, origin.cross_site
 */
export function refuseForeignOrigin(
  call: CallOrigin,
  allowed: { readonly publicUrl: string; readonly origins: readonly string[] },
): void {
  if (call.secFetchSite === 'cross-site') throw httpErrors['origin.cross_site']()
  if (call.origin === undefined || call.origin === allowed.publicUrl) return
  if (allowed.origins.includes(call.origin)) return
  throw httpErrors['origin.refused']({
    message: `Calls with cookies are accepted only from pages at ${allowed.publicUrl} and from the origins that the API lists.`,
  })
}
