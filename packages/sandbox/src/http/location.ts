/** What werkzeug leaves as it is in a query, besides what `encodeURIComponent` does. */
const KEPT: Readonly<Record<string, string>> = { '%24': '$', '%2C': ',', '%3B': ';', '%20': '+' }

/** Parameters as werkzeug writes them: spaces as `+`, and few characters escaped. */
export function queryText(params: Readonly<Record<string, string>>): string {
  const encode = (text: string) =>
    encodeURIComponent(text.toWellFormed()).replace(/%(?:24|2C|3B|20)/g, (code) => KEPT[code] ?? code)
  return Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

/** A path with parameters; without any there is no question mark. */
export function withQuery(path: string, params: Readonly<Record<string, string>>): string {
  return Object.keys(params).length === 0 ? path : `${path}?${queryText(params)}`
}

/**
 * A place on this server, whatever host a client's parameter names: scheme and host are taken off, and one slash is in
 * front (odoo 18.0 http.py, Request.redirect). So nobody is sent to another site.
 */
export function localLocation(location: string): string {
  const scheme = /^[a-z0-9+.-]+:(?!\d+$)/i.exec(location)?.[0] ?? ''
  const rest = location.slice(scheme.length).replace(/^\/\/[^/?#]*/, '')
  return `/${rest.replace(/^[/\\]+/, '')}`
}
