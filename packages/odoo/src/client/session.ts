import { callJsonRpc, type JsonRpcOptions } from './json-rpc.ts'
import { isSessionId, readSessionId } from './session-cookie.ts'
import type { OdooTransport } from './transport.ts'

/** A session that exists already, and who keeps its id. */
export type OdooSessionOptions = {
  readonly sessionId: string
  /**
   * Stores a new id: Odoo 19 changes it every three hours, and the old one dies 120 s later. It is awaited before the
   * new id is used and before the answer that brought it is returned; if it throws, the call throws.
   */
  readonly onSessionId: (newId: string) => Promise<void>
  /** The IP address of the client that the session serves. */
  readonly forwardedFor?: string
}

/**
 * A live web session of one Odoo user. Calls may run at the same time. Nothing is repeated.
 *
 * All methods throw OdooUnreachable if Odoo did not answer, and OdooFault if it refused; a fault with `isSessionEnded`
 * says that the session is over and that the call was not carried out.
 */
export class OdooSession {
  readonly #transport: OdooTransport
  readonly #onSessionId: (newId: string) => Promise<void>
  readonly #forwardedFor: string | undefined
  #sessionId: string
  /** New ids are stored one after the other. */
  #stored: Promise<void> = Promise.resolve()

  /** @throws TypeError if the session id could not be one. */
  constructor(transport: OdooTransport, { sessionId, onSessionId, forwardedFor }: OdooSessionOptions) {
    if (!isSessionId(sessionId)) throw new TypeError('This is no session id of Odoo.')
    this.#transport = transport
    this.#sessionId = sessionId
    this.#onSessionId = onSessionId
    this.#forwardedFor = forwardedFor
  }

  /** The id that the next call will use. */
  get sessionId(): string {
    return this.#sessionId
  }

  /**
   * Calls a method of a model, as the web client does. Answers the result, `null` where Odoo returns None.
   *
   * `args` begin with the ids where the method takes records. `options.context` goes in as the keyword `context`;
   * `options.forwardedFor` is the IP address of the client that this call is made for, where calls of several do.
   *
   * @throws TypeError if model or method are no names: they become part of the path.
   */
  async callKw(
    model: string,
    method: string,
    args: readonly unknown[],
    kwargs: object,
    options: { readonly context?: object; readonly forwardedFor?: string } = {},
  ): Promise<unknown> {
    if (!/^[a-zA-Z_][a-zA-Z0-9_.]*$/.test(model) || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(method)) {
      throw new TypeError('Model and method must be names.')
    }
    const params = {
      model,
      method,
      args,
      kwargs: options.context === undefined ? kwargs : { ...kwargs, context: options.context },
    }
    const usedId = this.#sessionId
    const path = `/web/dataset/call_kw/${model}/${method}`
    const { result, fault, answer } = await callJsonRpc(
      this.#transport,
      path,
      params,
      this.#options(options.forwardedFor),
    )
    // A dead session is given a cookie of nobody's new session.
    if (fault?.isSessionEnded) throw fault
    const newId = readSessionId(answer.headers)
    // Odoo 18 repeats the id that was used now and then; a slow answer must not bring an old one back.
    if (newId !== undefined && newId !== usedId) await this.#adopt(newId)
    if (fault !== undefined) throw fault
    return result
  }

  /** Signs out. A session that is over already is no error. */
  async destroy(): Promise<void> {
    const { fault } = await callJsonRpc(this.#transport, '/web/session/destroy', {}, this.#options())
    if (fault !== undefined && !fault.isSessionEnded) throw fault
  }

  async #adopt(newId: string): Promise<void> {
    const turn = this.#stored.then(async () => {
      if (newId === this.#sessionId) return
      await this.#onSessionId(newId)
      this.#sessionId = newId
    })
    // Who waits for this turn gets its error; the next one begins anew.
    this.#stored = turn.catch(() => undefined)
    await turn
  }

  #options(forwardedFor = this.#forwardedFor): JsonRpcOptions {
    return { sessionId: this.#sessionId, ...(forwardedFor === undefined ? {} : { forwardedFor }) }
  }
}
