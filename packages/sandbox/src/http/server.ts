import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Engine } from '../engine/contract.ts'
import { type Answer, errorPage } from './answer.ts'
import { answer, type Request } from './routes.ts'
import { sessionCookie, sessionIdIn } from './session-cookie.ts'

/** The longest body that is read, bytes. Odoo takes 128 MiB; a look-alike in somebody's process takes less. */
const BODY_MAX = 32 * 1024 * 1024

/** Starts to listen. Connections are kept open unless the client asks to close; Odoo itself always closes. */
export async function listen(
  engine: Engine,
  host: string,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  // Odoo fails on a request without Host; node would refuse it before the sandbox could look like that.
  const server = createServer({ requireHostHeader: false }, (message, response) => {
    void respond(engine, message, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close: () => closeServer(server) }
}

async function respond(engine: Engine, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(message)
  // The client went away in the middle: there is nobody to answer.
  if (body === 'broken') return
  try {
    send(
      engine,
      response,
      body === 'too_long' ? errorPage(413) : answerTo(engine, requestOf(engine, message, body.text)),
    )
  } catch (error) {
    // A mistake of the sandbox's own ends the request, not the process; it looks like Odoo's.
    engine.onMistake(error)
    if (response.headersSent) response.destroy()
    else send(engine, response, errorPage(500))
  }
}

function answerTo(engine: Engine, request: Request): Answer {
  return request.host === '' ? errorPage(500) : answer(engine, request)
}

function requestOf(engine: Engine, message: IncomingMessage, body: string): Request {
  const [path = '/'] = (message.url ?? '/').split('?', 1)
  const header = engine.version.sessionHeader ? message.headers['x-openerp-session-id'] : undefined
  return {
    method: message.method ?? 'GET',
    path,
    contentType: message.headers['content-type'] ?? '',
    host: message.headers.host ?? '',
    sessionId: typeof header === 'string' ? header : sessionIdIn(message.headers.cookie),
    body,
  }
}

function send(engine: Engine, response: ServerResponse, { status, headers, body, cookie }: Answer): void {
  const setCookie = cookie === undefined ? {} : { 'set-cookie': sessionCookie(cookie, engine.nowMs()) }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), ...setCookie })
  response.end(body)
}

function readBody(message: IncomingMessage): Promise<{ text: string } | 'too_long' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_MAX) chunks.push(chunk)
    })
    message.on('end', () => resolve(size > BODY_MAX ? 'too_long' : { text: Buffer.concat(chunks).toString('utf8') }))
    message.on('error', () => resolve('broken'))
    message.on('close', () => resolve('broken'))
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}
