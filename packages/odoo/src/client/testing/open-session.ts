import { createOdooTransport, OdooSession } from '../index.ts'
import { type Answering, type RecordedOdoo, SESSION_A, startOdoo } from './recorded-odoo.ts'

/** A session with the id SESSION_A, and the server behind it; both end with the block that holds it. */
export type Running = AsyncDisposable & {
  readonly session: OdooSession
  /** The ids that were stored. */
  readonly stored: string[]
  readonly odoo: RecordedOdoo
}

/** Opens a session on a server that answers so; `onSessionId` runs before an id counts as stored. */
export async function openSession(answering: Answering, onSessionId?: (id: string) => Promise<void>): Promise<Running> {
  const odoo = await startOdoo(answering)
  const transport = createOdooTransport({ url: odoo.url })
  const stored: string[] = []
  const store = async (id: string): Promise<void> => {
    await onSessionId?.(id)
    stored.push(id)
  }
  return {
    session: new OdooSession(transport, { sessionId: SESSION_A, onSessionId: store }),
    stored,
    odoo,
    [Symbol.asyncDispose]: async () => {
      await transport.close()
      await odoo[Symbol.asyncDispose]()
    },
  }
}

/** The plainest call. */
export function count(session: OdooSession): Promise<unknown> {
  return session.callKw('res.partner', 'search_count', [[]], {})
}
