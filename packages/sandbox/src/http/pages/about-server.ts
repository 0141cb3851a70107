import { languageNames } from '../../schema/language-names.ts'
import { serverVersion } from '../../session/session-info.ts'
import { type Answer, errorPage, jsonAnswer } from '../answer.ts'
import { resultAnswer } from '../json-rpc.ts'
import type { HttpExchange, Route } from '../route.ts'

/** What programs ask a server about itself. */
export const ABOUT_SERVER_ROUTES: readonly Route[] = [
  { paths: ['/web/health'], kind: 'http', auth: 'none', savesSession: false, run: health },
  { paths: ['/robots.txt'], kind: 'http', auth: 'none', run: robots },
  { paths: ['/web/version', '/json/version'], since: 19, kind: 'http', auth: 'none', run: version },
  {
    paths: ['/web/session/get_lang_list'],
    kind: 'json',
    auth: 'none',
    run: ({ engine, call }) => resultAnswer(call.id, languageNames(engine.version.version)),
  },
  // There is no chat to listen to, and a request that is none of a WebSocket's is refused by Odoo as well.
  { paths: ['/websocket'], kind: 'http', auth: 'public', csrf: false, run: () => errorPage(400) },
  { paths: ['/web/manifest.webmanifest'], methods: ['GET'], kind: 'http', auth: 'public', run: manifest },
  { paths: ['/web/service-worker.js'], methods: ['GET'], kind: 'http', auth: 'public', run: serviceWorker },
]

/** Is the server up? Asked by load balancers. */
function health({ engine, params }: HttpExchange): Answer {
  const database = engine.version.pages.healthTellsDatabase && params.db_server_status ? { db_server_status: true } : {}
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ status: 'pass', ...database }),
  }
}

function robots({ engine }: HttpExchange): Answer {
  const headers = { 'content-type': engine.version.pages.robotsType }
  return { status: 200, headers, body: 'User-agent: *\nDisallow: /\n' }
}

function version({ engine }: HttpExchange): Answer {
  const { server_version: text, server_version_info: info } = serverVersion(engine)
  return jsonAnswer({ version_info: info, version: text })
}

function manifest({ engine }: HttpExchange): Answer {
  const { home } = engine.version.pages
  const icon = (size: string) => ({ src: `/web/static/img/odoo-icon-${size}.png`, sizes: size, type: 'image/png' })
  const body = {
    name: 'Odoo',
    scope: home,
    start_url: home,
    display: 'standalone',
    background_color: '#714B67',
    theme_color: '#714B67',
    prefer_related_applications: false,
    icons: [icon('192x192'), icon('512x512')],
    shortcuts: [],
  }
  return { status: 200, headers: { 'content-type': 'application/manifest+json' }, body: JSON.stringify(body) }
}

/** A worker that does nothing: there is no web client to keep. */
function serviceWorker({ engine }: HttpExchange): Answer {
  const headers = { 'content-type': 'text/javascript', 'service-worker-allowed': engine.version.pages.home }
  return { status: 200, headers, body: "self.addEventListener('fetch', () => {})\n" }
}
