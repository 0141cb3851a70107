import { extname } from 'node:path'
import type { Values } from '../../engine/contract.ts'

/** What a client may call a file whose kind nobody knows. */
export const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * The type of a file: as given, by the ending of its name or address, or by its first bytes (odoo 18.0 ir_attachment.py,
 * _compute_mimetype).
 */
export function mimeTypeOf(values: Values, content: () => Buffer | undefined): string {
  if (values.mimetype) return String(values.mimetype).toLowerCase()
  const named = byEnding(String(values.name || '')) ?? byEnding(String(values.url || '').split('?')[0] ?? '')
  if (named !== undefined && named !== UNKNOWN_TYPE) return named
  const bytes = content()
  return bytes === undefined || bytes.length === 0 ? (named ?? UNKNOWN_TYPE) : byContent(bytes)
}

/** Would a browser run or draw it as markup? */
export function isMarkup(mimetype: string): boolean {
  if (mimetype.includes('ht')) return true
  return mimetype.includes('xml') && !mimetype.startsWith('application/vnd.openxmlformats')
}

/** Python's `mimetypes.guess_type`, for the endings that are met. */
const ENDINGS: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.css': 'text/css',
  '.md': 'text/markdown',
  '.xml': 'text/xml',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.py': 'text/x-python',
  '.rtf': 'application/rtf',
  '.vcf': 'text/x-vcard',
  '.ics': 'text/calendar',
  '.eml': 'message/rfc822',
  '.scss': 'text/scss',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.gz': 'application/gzip',
  '.tar': 'application/x-tar',
  '.bin': UNKNOWN_TYPE,
  '.exe': 'application/x-msdos-program',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
  '.odp': 'application/vnd.oasis.opendocument.presentation',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.svg': 'image/svg+xml',
  '.ico': 'image/vnd.microsoft.icon',
  '.webp': 'image/webp',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/x-wav',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
}

function byEnding(name: string): string | undefined {
  return ENDINGS[extname(name).toLowerCase()]
}

/** The ending that a file of the type gets, with its dot; '' for a type that none is known for. */
export function endingOf(mimetype: string): string {
  return Object.entries(ENDINGS).find(([, type]) => type === mimetype)?.[0] ?? ''
}

/** First bytes in hex and the type that they stand for (odoo 18.0 tools/mimetypes.py). */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['25504446', 'application/pdf'],
  ['ffd8ff', 'image/jpeg'],
  ['89504e470d0a1a0a', 'image/png'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['424d', 'image/bmp'],
  ['00000100', 'image/x-icon'],
  ['d0cf11e0a1b11ae1', 'application/msword'],
  ['504b0304', 'application/zip'],
]

/** The type of a content by its first bytes; text of one line or more is plain text. */
export function byContent(content: Buffer): string {
  const start = content.subarray(0, 1024)
  const hex = start.toString('hex', 0, 8)
  const known = SIGNATURES.find(([signature]) => hex.startsWith(signature))
  if (known !== undefined) return known[1]
  const text = content.toString('latin1', 0, 65536)
  if (text.startsWith('<')) return text.includes('<svg') && text.includes('/svg') ? 'image/svg+xml' : 'application/xml'
  if (text.startsWith('RIFF') && text.slice(8, 15) === 'WEBPVP8') return 'image/webp'
  return isPrintable(start) ? 'text/plain' : UNKNOWN_TYPE
}

/** UTF-8 without control characters, besides those that lay text out. */
function isPrintable(start: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(start)
  // A character cut in half at the end of the first bytes is no sign of anything.
  return ![...text.slice(0, -1)].some((char) => char === '\ufffd' || (char < ' ' && !'\t\n\r\f'.includes(char)))
}
