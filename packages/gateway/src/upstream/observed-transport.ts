import { type OdooTransport, OdooUnreachable, type UnreachableReason } from '@odoo-gatehouse/odoo/client'
import type { Clock } from '../kernel/clock.ts'
import { type OdooCallKind, odooCallKind } from './odoo-call-kind.ts'

/** A request to Odoo that is over. */
export type OdooCallFinished = OdooCallKind & {
  readonly database: string
  /** `fault`: Odoo answered with an exception or an error status. Else `ok`, or why no answer came. */
  readonly outcome: 'ok' | 'fault' | UnreachableReason | 'failed'
  readonly durationMs: number
}

/** Told of each request to Odoo when it is over. Must not throw. */
export type OnOdooCall = (finished: OdooCallFinished) => void

/** The same way to Odoo, watched. */
export function observedTransport(
  transport: OdooTransport,
  database: string,
  { clock, onCall }: { readonly clock: Clock; readonly onCall: OnOdooCall },
): OdooTransport {
  async function watched<Answer extends { readonly status: number; readonly body: Buffer }>(
    path: string,
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const startedAtMs = clock.nowMs()
    const tell = (outcome: OdooCallFinished['outcome']) =>
      onCall({ database, ...odooCallKind(path), outcome, durationMs: clock.nowMs() - startedAtMs })
    try {
      const answer = await send()
      tell(answer.status >= 400 || beginsAsFault(answer.body) ? 'fault' : 'ok')
      return answer
    } catch (error) {
      tell(error instanceof OdooUnreachable ? error.reason : 'failed')
      throw error
    }
  }
  return {
    ...transport,
    post: (path, request) => watched(path, () => transport.post(path, request)),
    get: (path, request) => watched(path, () => transport.get(path, request)),
  }
}

/** How far into an answer is looked: a JSON-RPC envelope begins with version and id. Bytes. */
const ENVELOPE_BYTES = 120

/** Odoo tells exceptions with status 200 (JSON-RPC 2.0 §5: `error` in place of `result`). */
function beginsAsFault(body: Buffer): boolean {
  const begin = body.toString('latin1', 0, ENVELOPE_BYTES)
  return /^\s*\{(?:\s*"(?:jsonrpc|id)"\s*:\s*(?:"[^"]*"|\d+|null)\s*,)*\s*"error"\s*:/.test(begin)
}
