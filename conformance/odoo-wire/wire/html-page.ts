/** What of a page matters to whoever sees it: what it asks for, and what it says. */
export type Page = {
  /** The fields of its forms that a client has to send, each once, in alphabetical order. */
  readonly inputs: readonly string[]
  /** The sentence in its alert. */
  readonly alert: string | null
}

/** Fields of Odoo's sign-in pages; others differ by module and are filled by scripts. */
const NEEDED = new Set(['csrf_token', 'login', 'password', 'totp_token'])

/** How the recorder marks a page that it reduced. */
const REDUCED = '<html page> '

/** The page in HTML. */
export function readPage(html: string): Page {
  const names = [...html.matchAll(/<input\b[^>]*?\bname="([^"]*)"/gi)].map((found) => found[1] ?? '')
  const alert = /<(\w+)\b[^>]*\brole="alert"[^>]*>([\s\S]*?)<\/\1>/i.exec(html)?.[2]
  return { inputs: needed(names), alert: alert === undefined ? null : textOf(alert) || null }
}

/** The page that the recorder reduced to its title, inputs, forms and alert; undefined where the body is something else. */
export function readRecordedPage(body: string): Page | undefined {
  if (!body.startsWith(REDUCED)) return undefined
  const page: { readonly inputs: readonly string[]; readonly alert: string | null } = JSON.parse(
    body.slice(REDUCED.length),
  )
  return { inputs: needed(page.inputs), alert: page.alert }
}

/** The value of a hidden field, or of the token that Odoo's pages hand to their scripts; undefined where there is none. */
export function csrfTokenOf(html: string): string | undefined {
  const input = /<input\b[^>]*\bname="csrf_token"[^>]*>/i.exec(html)?.[0]
  return /\bvalue="([^"]+)"/.exec(input ?? '')?.[1] ?? /csrf_token:\s*"([^"]+)"/.exec(html)?.[1]
}

function needed(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => NEEDED.has(name)).sort()
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
