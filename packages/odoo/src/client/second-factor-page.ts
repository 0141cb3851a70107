/** Where the code comes from: an authenticator app, or a mail that Odoo has just sent. */
export type SecondFactorMethod = 'totp' | 'totp_mail'

/** What the page of the second factor says. */
export type SecondFactorPage = {
  /** Odoo's token against forged forms; good as long as the half-open session is. */
  readonly csrfToken: string
  readonly method: SecondFactorMethod
  /** The sentence of Odoo, where it refused something. */
  readonly alert: string | undefined
}

/**
 * Reads the page `/web/login/totp` (odoo 18.0 auth_totp, views/templates.xml); undefined for any other. Only the form
 * for a mailed code has a way to ask for another mail (auth_totp_mail_enforce), whatever language the page is in.
 */
export function readSecondFactorPage(html: string): SecondFactorPage | undefined {
  const inputs = html.match(/<input\b[^>]*>/gi) ?? []
  const named = (name: string) => inputs.find((input) => attributeOf(input, 'name') === name)
  const csrf = named('csrf_token')
  const csrfToken = csrf === undefined ? undefined : attributeOf(csrf, 'value')
  if (!csrfToken || named('totp_token') === undefined) return undefined
  const [, alert] = /<p\b[^>]*\balert-danger\b[^>]*>([^<]*)<\/p>/i.exec(html) ?? []
  return {
    csrfToken,
    method: named('send_email') === undefined ? 'totp' : 'totp_mail',
    alert: alert?.trim() || undefined,
  }
}

function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1]
}
