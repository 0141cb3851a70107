import { type Sandbox, type SandboxOptions, startSandbox } from '../index.ts'

/** A moment at which all tests take place: 2026-11-20 23:20:00 UTC, a Friday. */
export const TEST_NOW_MS = Date.UTC(2026, 10, 20, 23, 20, 0)

/** What a JSON route answered. */
export type WireAnswer = {
  readonly status: number
  readonly body: { id: unknown; result?: unknown; error?: WireError }
  readonly hasResult: boolean
  /** The id that Set-Cookie names. */
  readonly sessionId: string | undefined
  readonly setCookie: string | null
}

export type WireError = {
  readonly code: number
  readonly message: string
  readonly data: {
    readonly name: string
    readonly message: string
    readonly debug: string
    readonly arguments: unknown[]
  }
}

/** Calls methods of models as one signed-in user, over HTTP. */
export type Client = {
  readonly sessionId: string
  /** The result, or the error thrown as `OdooRefusal`. */
  call(model: string, method: string, args?: unknown[], kwargs?: Record<string, unknown>): Promise<unknown>
}

/** The error of an envelope; `name` is Python's class. */
export class OdooRefusal extends Error {
  readonly exception: string

  constructor(error: WireError) {
    super(error.data.message)
    this.exception = error.data.name
  }
}

/**
 * Starts a sandbox at the moment of the tests. Closing it fails with the first mistake that the sandbox made meanwhile,
 * unless the test listens to mistakes itself.
 */
export async function startTestSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const mistakes: unknown[] = []
  const sandbox = await startSandbox({
    nowMs: () => TEST_NOW_MS,
    onMistake: (error) => mistakes.push(error),
    ...options,
  })
  return {
    ...sandbox,
    async close() {
      await sandbox.close()
      if (mistakes.length > 0) throw mistakes[0]
    },
  }
}

/** Sends params to a JSON route. */
export async function post(sandbox: Sandbox, path: string, params: unknown, sessionId?: string): Promise<WireAnswer> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(sessionId === undefined ? {} : { cookie: `session_id=${sessionId}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 7, params }),
  })
  // Answers of the sandbox's JSON routes have this shape; a test that meets another fails on it.
  const body = (await response.json()) as WireAnswer['body']
  const setCookie = response.headers.get('set-cookie')
  const sessionIdSet = setCookie?.match(/session_id=([^;]*)/)?.[1]
  return { status: response.status, body, hasResult: 'result' in body, sessionId: sessionIdSet, setCookie }
}

/** Signs a user in with the published password, which is the login. */
export async function signIn(sandbox: Sandbox, login: string, password = login): Promise<Client> {
  const { sessionId } = await post(sandbox, '/web/session/authenticate', { db: sandbox.database, login, password })
  if (sessionId === undefined) throw new Error(`The sandbox refused ${login}`)
  return {
    sessionId,
    async call(model, method, args = [], kwargs = {}) {
      const { body } = await post(sandbox, '/web/dataset/call_kw', { model, method, args, kwargs }, sessionId)
      if (body.error !== undefined) throw new OdooRefusal(body.error)
      return body.result
    },
  }
}

/** The exception and text with which a call is refused; fails when it is not. */
export async function refusalOf(call: Promise<unknown>): Promise<{ exception: string; message: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof OdooRefusal) return { exception: error.exception, message: error.message }
    throw error
  }
  throw new Error('The call was not refused')
}
