import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server answers. Headers as `node:http` takes them. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
}

/** What a server was asked. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server that answers as it is told and remembers what it was asked; it ends with the block that holds it. */
export type RecordedOdoo = AsyncDisposable & { readonly url: string; readonly seen: readonly SeenRequest[] }

/** Answers a request, or takes the response into its own hands and answers nothing. */
export type Answering = (request: SeenRequest, response: ServerResponse) => Reply | Promise<Reply> | undefined

/** Session ids of the two lengths that Odoo uses. */
export const SESSION_A = 'a'.repeat(84)
export const SESSION_B = `${'a'.repeat(42)}${'B_-9'.repeat(10)}zz`

type Recording = { readonly status: number; readonly headers: Reply['headers']; readonly body: unknown }

const { answers } = JSON.parse(readFileSync(new URL('../fixtures/recorded-answers.json', import.meta.url), 'utf8')) as {
  readonly answers: Readonly<Record<string, Recording>>
} // Our own file.

/** A recorded answer; its placeholder for a session id becomes the given one. */
export function recorded(name: string, sessionId: string = SESSION_A): Reply {
  const answer = answers[name]
  if (answer === undefined) throw new Error(`There is no recording ${name}.`)
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  const headers = JSON.parse(JSON.stringify(answer.headers).replaceAll(/<session[-:][a-z]+>/g, sessionId))
  return { status: answer.status, headers, body }
}

/** A reply that also sets the session cookie. */
export function withSession(reply: Reply, sessionId: string): Reply {
  return { ...reply, headers: { ...reply.headers, 'set-cookie': [`session_id=${sessionId}; HttpOnly; Path=/`] } }
}

/** A reply of Odoo with a result. */
export function resultReply(result: unknown): Reply {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, result })
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}

/** Starts a server on a free port of 127.0.0.1. Like Odoo it closes each connection after one answer. */
export async function startOdoo(answering: Answering): Promise<RecordedOdoo> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { method = '', url: path = '', headers } = request
      const asked = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
      seen.push(asked)
      const reply = await answering(asked, response)
      if (reply !== undefined)
        response.writeHead(reply.status, { connection: 'close', ...reply.headers }).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
