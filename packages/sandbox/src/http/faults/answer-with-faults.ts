import type { Engine } from '../../engine/contract.ts'
import { databaseError } from '../../fault/odoo-fault.ts'
import { endSession } from '../../session/session-store.ts'
import { type Answer, errorPage } from '../answer.ts'
import type { Request } from '../request.ts'
import { answerControl, CONTROL_PATH } from './control.ts'
import type { FaultDesk } from './fault-desk.ts'
import type { FaultWish } from './fault-wish.ts'

/** How a request is answered without faults. */
export type Respond = (engine: Engine, request: Request) => Promise<Answer>

/** Answers a request with the fault that waits for it, if one does; `dropped`: the connection breaks off. */
export async function answerWithFaults(
  desk: FaultDesk,
  engine: Engine,
  request: Request,
  respond: Respond,
): Promise<Answer | 'dropped'> {
  if (request.path === CONTROL_PATH) return answerControl(desk, request)
  const wish = desk.take(request)
  if (wish === undefined) return respond(engine, request)
  if (wish.ms !== undefined && !(await desk.pause(wish.ms))) return 'dropped'
  return FAULTY[wish.fault](engine, request, respond)
}

type Faulty = (engine: Engine, request: Request, respond: Respond) => Promise<Answer | 'dropped'>

const FAULTY: Readonly<Record<FaultWish['fault'], Faulty>> = {
  slow: (engine, request, respond) => respond(engine, request),
  drop_before: async () => 'dropped',
  async drop_after(engine, request, respond) {
    await respond(engine, request)
    return 'dropped'
  },
  expire_session(engine, request, respond) {
    if (request.sessionId !== undefined) endSession(engine, request.sessionId)
    return respond(engine, request)
  },
  server_error: async () => errorPage(500),
  bad_gateway: async () => BAD_GATEWAY,
  serialization_failure: (engine, request, respond) => respond(unserializable(engine), request),
}

/** As nginx says it when Odoo does not answer. */
const BAD_GATEWAY: Answer = {
  status: 502,
  headers: { server: 'nginx', 'content-type': 'text/html' },
  body:
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n' +
    '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
}

/**
 * An engine whose transactions fail at their end and leave nothing behind, as PostgreSQL does when another one was
 * quicker. Odoo tries five times before it tells; here the first time counts for all.
 */
function unserializable(engine: Engine): Engine {
  const transaction = <T>(work: () => T): T =>
    engine.db.transaction(() => {
      work()
      throw databaseError('SerializationFailure', 'could not serialize access due to concurrent update\n')
    })
  return { ...engine, db: Object.create(engine.db, { transaction: { value: transaction } }) }
}
