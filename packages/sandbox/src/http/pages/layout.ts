import type { Engine } from '../../engine/contract.ts'
import type { Session } from '../../session/session-store.ts'
import type { Answer } from '../answer.ts'
import { languageCookie } from '../cookies.ts'
import { csrfToken } from '../csrf-token.ts'
import { escapeHtml } from '../html.ts'

/**
 * A page in the frame that Odoo's own have: its script knows the CSRF token. `head` and `body` are HTML. It looks like a
 * page of Odoo to a program; no browser is meant to be pleased.
 */
export function pageText(token: string, body: string, head = ''): string {
  return `<!DOCTYPE html>
<html>
    <head>
        <meta charset="utf-8"/>
        <title>Odoo</title>
        <link type="image/x-icon" rel="shortcut icon" href="/web/static/img/favicon.ico"/>
        <script id="web.layout.odooscript" type="text/javascript">
            var odoo = {
                csrf_token: "${token}",
                debug: "",
            };
        </script>
${head}    </head>
    <body>
${body}
    </body>
</html>
`
}

/** An input of a form. `value` is left out when there is none. */
export function input(type: string, name: string, value?: string): string {
  const given = value === undefined || value === '' ? '' : ` value="${escapeHtml(value)}"`
  return `<input type="${type}" name="${name}"${given}/>`
}

/** A sentence that something went wrong. */
export function alertText(sentence: string | undefined): string {
  return sentence === undefined ? '' : `<p class="alert alert-danger" role="alert">${escapeHtml(sentence)}</p>`
}

const ERROR_TITLES: Readonly<Record<number, string>> = {
  400: 'Oops! Something went wrong.',
  403: '403: Forbidden',
  404: 'Error 404',
  500: '500: Internal Server Error',
}

/**
 * The page of an error for people (odoo 18.0 http_routing, ir_http.py: _handle_error): for an address that is no route's,
 * and for failures of routes that belong to the portal. It names a session although it is an error.
 */
export function portalErrorPage({ engine, session }: { engine: Engine; session: Session }, status: number): Answer {
  const title = ERROR_TITLES[status] ?? `Error ${status}`
  return {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: pageText(csrfToken(engine, session), `        <main><h1>${escapeHtml(title)}</h1></main>`),
    cookies: [languageCookie(engine.nowMs())],
    namesSession: true,
  }
}
