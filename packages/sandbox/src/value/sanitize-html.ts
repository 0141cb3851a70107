/** Elements that Odoo's cleaner takes away together with what is in them. */
const KILLED = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'form',
  'head',
  'title',
  'meta',
  'link',
  'base',
])

/** Attributes that survive the cleaner (odoo 18.0 tools/mail.py, safe_attrs, shortened to what people write). */
const KEPT = new Set(
  'abbr align alt border cellpadding cellspacing class cols colspan color dir height href hspace id lang name rel rows rowspan src style tabindex target title type valign value vspace width data-oe-model data-oe-id'.split(
    ' ',
  ),
)

const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col'])

/**
 * Cleans HTML as Odoo does before it keeps it: no scripts, no handlers, no `javascript:` addresses; text without any
 * element becomes one paragraph. Enough for a look-alike that nobody browses; not a defence to reuse elsewhere.
 */
export function sanitizeHtml(html: string): string {
  if (html === '') return ''
  const tokens = tokensOf(html)
  if (!tokens.some((token) => /^<[a-zA-Z]/.test(token))) return `<p>${escapeText(html)}</p>`
  let cleaned = ''
  let killing: string | undefined
  for (const token of tokens) {
    const name = /^<\/?([a-zA-Z][\w-]*)/.exec(token)?.[1]?.toLowerCase()
    if (killing !== undefined) {
      if (token.startsWith('</') && name === killing) killing = undefined
    } else if (name === undefined) {
      if (!token.startsWith('<!--')) cleaned += escapeText(token)
    } else if (KILLED.has(name)) {
      if (!token.startsWith('</') && !token.endsWith('/>')) killing = name
    } else if (token.startsWith('</')) {
      cleaned += VOID.has(name) ? '' : `</${name}>`
    } else {
      cleaned += `<${name}${attributesOf(token)}>`
    }
  }
  return cleaned
}

/**
 * Comments, tags, and the text between them. What opens a comment or a tag that nothing closes is text; where the last
 * end stands is looked up once, so that a page of openings is not searched from each of them.
 */
function tokensOf(html: string): string[] {
  const tokens: string[] = []
  const lastCommentEnd = html.lastIndexOf('-->')
  const lastTagEnd = html.lastIndexOf('>')
  let here = 0
  while (here < html.length) {
    const end = endOfToken(here)
    tokens.push(html.slice(here, end))
    here = end
  }
  return tokens

  function endOfToken(start: number): number {
    if (html[start] !== '<') {
      const next = html.indexOf('<', start)
      return next === -1 ? html.length : next
    }
    if (html.startsWith('<!--', start) && lastCommentEnd >= start + 4) return html.indexOf('-->', start + 4) + 3
    if (lastTagEnd > start && opensTag(html, start)) return html.indexOf('>', start) + 1
    return start + 1
  }
}

/** `<a` or `</a`. */
function opensTag(html: string, start: number): boolean {
  return /[a-zA-Z]/.test(html.charAt(html[start + 1] === '/' ? start + 2 : start + 1))
}

function attributesOf(tag: string): string {
  const body = tag.replace(/^<[a-zA-Z][\w-]*/, '').replace(/\/?>$/, '')
  let kept = ''
  for (const [, rawName = '', double, single, bare] of body.matchAll(
    /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    const name = rawName.toLowerCase()
    if (!KEPT.has(name)) continue
    const value = double ?? single ?? bare ?? ''
    const harmless = /^\s*(javascript|vbscript|data(?!:image))\s*:/i.test(value) ? '' : value
    kept += ` ${name}="${harmless.replaceAll('"', '&quot;')}"`
  }
  return kept
}

function escapeText(text: string): string {
  return text
    .replaceAll(/&(?!(#\d+|#x[\da-f]+|\w+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
