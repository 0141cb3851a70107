import type { Answer } from './answer.ts'
import { icon } from './icon.ts'
import type { Exchange } from './route.ts'

/** Pictures that pages and programs look for, by their address; drawn, as Odoo's own are not for us to give. */
const FILES: Readonly<Record<string, { readonly type: string; readonly bytes: () => Buffer }>> = {
  '/web/static/img/favicon.ico': { type: 'image/vnd.microsoft.icon', bytes: icon },
}

const WEEK_SECONDS = 604_800

/** The file of an address below `/<module>/static/`; undefined when there is none. Everybody may have it. */
export function staticFile({ request }: Pick<Exchange, 'request'>): Answer | undefined {
  const file = Object.hasOwn(FILES, request.path) ? FILES[request.path] : undefined
  if (file === undefined) return undefined
  const body = file.bytes()
  const etag = `"${body.length}-sandbox"`
  const headers = {
    'content-disposition': `inline; filename=${request.path.slice(request.path.lastIndexOf('/') + 1)}`,
    'content-type': file.type,
    'cache-control': `public, max-age=${WEEK_SECONDS}`,
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    etag,
  }
  return request.headers['if-none-match'] === etag ? { status: 304, headers, body: '' } : { status: 200, headers, body }
}
