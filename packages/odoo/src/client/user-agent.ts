/** What stands in for a person whose browser is not known. */
const STAND_IN = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

/** Longer ones are nobody's browser. Characters. */
const LENGTH_MAX = 512

const PLATFORM = /\b(?:windows|macintosh|iphone|ipad|android|linux)\b/i
const BROWSER = /\b(?:chrome|firefox|safari|opera)\//i

/**
 * A user agent by which Odoo can name a device ("Chrome on Linux"): the person's own where Odoo knows browser and
 * platform, else a stand-in, since Odoo fails over one that it cannot read (odoo 18.0 auth_totp, controllers/home.py).
 */
export function browserAgent(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent.length > LENGTH_MAX || !/^[\x20-\x7e]+$/.test(userAgent)) return STAND_IN
  return PLATFORM.test(userAgent) && BROWSER.test(userAgent) ? userAgent : STAND_IN
}
