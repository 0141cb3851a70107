import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Engine } from '../engine/contract.ts'
import { type Answer, errorPage } from './answer.ts'
import { sessionCookie } from './cookies.ts'
import { answer, routesOf } from './dispatch.ts'
import { answerWithFaults, type Respond } from './faults/answer-with-faults.ts'
import type { FaultDesk } from './faults/fault-desk.ts'
import { isOwnName } from './own-name.ts'
import { type Request, requestOf } from './request.ts'
import { type TakenOver, takeUnknownMethods } from './unknown-method.ts'

/** The longest body that is read, bytes. Odoo takes 128 MiB; a look-alike in somebody's process takes less. */
const BODY_MAX = 32 * 1024 * 1024

/** The same for forms with files: `max_file_upload_size` of the session, and something for the form around it. */
const UPLOAD_MAX = 129 * 1024 * 1024

/** Request line and headers together, bytes: Python reads a line of 64 KiB. */
const HEADERS_MAX = 128 * 1024

/** Where the sandbox listens, and whether faults are to be had. */
export type Listening = { readonly host: string; readonly port: number; readonly desk: FaultDesk | undefined }

/** Starts to listen. Connections are kept open unless the client asks to close; Odoo itself always closes. */
export async function listen(
  engine: Engine,
  { host, port, desk }: Listening,
): Promise<{ url: string; close(): Promise<void> }> {
  const respond = responder(engine, desk)
  const running = new Set<Promise<void>>()
  // Odoo fails on a request without Host; node would refuse it before the sandbox could look like that.
  const server = createServer({ requireHostHeader: false, maxHeaderSize: HEADERS_MAX }, (message, response) => {
    const run = serve(engine, respond, message, response, unknownMethods.get(message.socket))
    running.add(run)
    void run.finally(() => running.delete(run))
  })
  const unknownMethods = takeUnknownMethods(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async close() {
      desk?.close()
      await closeServer(server)
      // Nothing may still be at work when the database closes.
      await Promise.all(running)
    },
  }
}

type Responder = (request: Request) => Promise<Answer | 'dropped'>

function responder(engine: Engine, desk: FaultDesk | undefined): Responder {
  const routes = routesOf(engine.version.version)
  const respond: Respond = (given, request) => answer(given, routes, request)
  return async (request) => {
    if (request.headers.host === undefined) return errorPage(500)
    if (!isOwnName(request.host)) return errorPage(403, NOT_OWN_NAME)
    return desk === undefined ? respond(engine, request) : answerWithFaults(desk, engine, request, respond)
  }
}

/** Never fails: what goes wrong ends the request, not the process. */
async function serve(
  engine: Engine,
  respond: Responder,
  message: IncomingMessage,
  response: ServerResponse,
  takenOver: TakenOver | undefined,
): Promise<void> {
  const bytes = await readBody(message)
  // The client went away in the middle: there is nobody to answer.
  if (bytes === 'broken') return
  try {
    if (bytes === 'too_long') {
      send(engine, response, errorPage(413))
      return
    }
    const { explicitSessions } = engine.version
    const given = await respond(requestOf(message, { bytes, explicitSessions, ...takenOver }))
    if (given === 'dropped') message.socket.destroy()
    else send(engine, response, given)
  } catch (error) {
    // A mistake of the sandbox's own looks like Odoo's.
    engine.onMistake(error)
    if (response.headersSent) response.destroy()
    else send(engine, response, errorPage(500))
  }
}

const NOT_OWN_NAME = 'The sandbox answers to addresses, localhost and other names that nobody can own on the internet.'

function send(engine: Engine, response: ServerResponse, { status, headers, body, sessionId, cookies }: Answer): void {
  const session = sessionId === undefined ? [] : [sessionCookie(sessionId, engine.nowMs())]
  const all = [...(cookies ?? []), ...session]
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...length, ...(all.length > 0 && { 'set-cookie': all }) })
  response.end(body)
}

function readBody(message: IncomingMessage): Promise<Buffer | 'too_long' | 'broken'> {
  return new Promise((resolve) => {
    const max = message.headers['content-type']?.startsWith('multipart/form-data') ? UPLOAD_MAX : BODY_MAX
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= max) chunks.push(chunk)
    })
    message.on('end', () => resolve(size > max ? 'too_long' : Buffer.concat(chunks)))
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
