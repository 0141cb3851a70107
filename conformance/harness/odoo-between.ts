import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Answer, call } from './http-call.ts'

/** One call that the gateway made to Odoo. */
export type SeenCall = {
  readonly path: string
  readonly cookie: string | undefined
  readonly body: string
  readonly answer: Answer | undefined
}

/** What a call gets: the answer of the Odoo behind, a broken connection, or an answer of the test's own. */
export type Behaviour = 'pass' | 'drop' | { readonly status: number; readonly type: string; readonly body: string }

/** A place between the gateway and its Odoo, where a test can look on and step in. */
export type OdooBetween = {
  readonly url: string
  readonly seen: readonly SeenCall[]
  /** Decides by path and body, from now on. */
  behave(decide: (path: string, body: string) => Behaviour): void
  close(): Promise<void>
}

/** Opens it in front of the Odoo at `odooUrl`; everything passes until `behave` says otherwise. */
export async function openBetween(odooUrl: string): Promise<OdooBetween> {
  const seen: SeenCall[] = []
  let decide: (path: string, body: string) => Behaviour = () => 'pass'
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const body = await read(request)
    const behaviour = decide(path, body)
    const { cookie } = request.headers
    if (behaviour === 'drop') {
      seen.push({ path, cookie, body, answer: undefined })
      response.destroy()
    } else if (behaviour === 'pass') {
      const headers = { 'Content-Type': request.headers['content-type'], Cookie: cookie }
      const method = request.method ?? 'GET'
      const behind = await call(odooUrl, { method, path, headers, ...(body === '' ? {} : { body }) })
      seen.push({ path, cookie, body, answer: behind })
      const type = behind.headers['content-type'] ?? 'text/plain'
      response.writeHead(behind.status, { 'Content-Type': type, 'Set-Cookie': behind.headers['set-cookie'] ?? [] })
      response.end(behind.text)
    } else {
      seen.push({ path, cookie, body, answer: undefined })
      response.writeHead(behaviour.status, { 'Content-Type': behaviour.type }).end(behaviour.body)
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    behave: (next) => {
      decide = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Odoo's envelope of an exception, with the traceback that it adds (odoo 18.0 http.py: serialize_exception). */
export function odooFault(name: string, message: string): Behaviour {
  const data = {
    name,
    message,
    debug: 'Traceback (most recent call last):\n  File "/odoo/http.py", line 1',
    arguments: [message],
    context: {},
  }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 200, message: 'Odoo Server Error', data } })
  return { status: 200, type: 'application/json', body }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
