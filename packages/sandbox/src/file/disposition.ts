/**
 * `Content-Disposition` of a file that is shown or saved, as werkzeug writes it: a name in ASCII, and the real one beside
 * it where that loses something (RFC 6266 §4.3).
 */
export function fileDisposition(name: string, saved: boolean): string {
  const kind = saved ? 'attachment' : 'inline'
  if (isAscii(name)) return `${kind}; filename=${quoted(name)}`
  const simple = name.normalize('NFKD').replaceAll(/[^\0-\x7f]/g, '')
  return `${kind}; filename=${quoted(simple)}; filename*=${quoted(`UTF-8''${percentEncoded(name, "$!'()*+,;")}`)}`
}

/** The one of a download that Odoo itself names: `attachment; filename*=UTF-8''…` (odoo 18.0 http.py). */
export function downloadDisposition(name: string): string {
  return `attachment; filename*=UTF-8''${percentEncoded(name, '$!+')}`
}

/** A name without what file systems do not like (odoo 18.0 tools/osutil.py, clean_filename). */
export function cleanFileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_.()[\] -]+/gu, '').replace(/^[.-]+/, '') || 'Untitled'
}

/** A token stays as it is (RFC 9110 §5.6.2), anything else is quoted. Line breaks are no part of a header. */
function quoted(value: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(value)) return value
  const shown = [...value].filter((character) => character >= ' ' && character !== '\x7f').join('')
  return `"${shown.replaceAll(/["\\]/g, '\\$&')}"`
}

function percentEncoded(text: string, kept: string): string {
  return [...text.toWellFormed()]
    .map((character) => (/[\w.~-]/.test(character) || kept.includes(character) ? character : percent(character)))
    .join('')
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}
