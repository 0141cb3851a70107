/** What is sent back: status, headers and a body that is complete. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The id that the session cookie is set to. */
  readonly cookie?: string
}

/** JSON with Odoo's own content type. */
export function jsonAnswer(body: unknown, cookie?: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    ...(cookie === undefined ? {} : { cookie }),
  }
}

const PAGES = {
  400: ['Bad Request', 'The browser (or proxy) sent a request that this server could not understand.'],
  404: [
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  ],
  413: ['Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.'],
  415: ['Unsupported Media Type', 'The server does not support the media type transmitted in the request.'],
  500: [
    'Internal Server Error',
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
  ],
} as const

/** One of werkzeug's error pages, which Odoo shows also to clients that asked for JSON. */
export function errorPage(status: keyof typeof PAGES, text?: string): Answer {
  const [title, usual] = PAGES[status]
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body:
      `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n` +
      `<p>${escapeHtml(text ?? usual)}</p>\n`,
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
