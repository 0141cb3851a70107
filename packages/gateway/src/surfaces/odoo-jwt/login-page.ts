import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Route, route } from '../../http/route.ts'
import { jwtErrors } from '../jwt-tokens/error-shape.ts'

/**
 * `GET /api/login`: a page that signs in, shows the tokens, sends a call and shows the answer. It is one file without
 * a request to any other host; the policy (CSP level 3) lets exactly its own script and style run.
 */
export function loginPage(): Route {
  const style = read('page.css')
  const script = read('page.js')
  const page = read('page.html')
    .replace('/* page.css */', () => style)
    .replace('/* page.js */', () => script)
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `script-src '${hashOf(script)}'`,
      `style-src '${hashOf(style)}'`,
      'img-src data:',
      "connect-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
  return route({
    method: 'GET',
    path: '/api/login',
    errors: jwtErrors,
    needs: 'nothing',
    handle: () => ({ headers, body: page }),
  })
}

function read(name: string): string {
  return readFileSync(new URL(`login-page/${name}`, import.meta.url), 'utf8')
}

/** The hash that a policy names a script or a style by (CSP level 3 §2.3.1). */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}
