import { typeError } from '../fault/odoo-fault.ts'
import { callService } from '../rpc/service.ts'
import type { Answer } from './answer.ts'
import { resultAnswer } from './json-rpc.ts'
import type { JsonExchange, Route } from './route.ts'

/** The old RPC over JSON (odoo 18.0 base, controllers/rpc.py). It opens no session. */
export const RPC_ROUTES: readonly Route[] = [
  { paths: ['/jsonrpc'], kind: 'json', auth: 'none', savesSession: false, run: runJsonRpc },
]

function runJsonRpc({ engine, call }: JsonExchange): Answer {
  for (const name of ['service', 'method', 'args']) {
    if (!(name in call.params)) throw typeError(`RPC.jsonrpc() missing 1 required positional argument: '${name}'`)
  }
  const { service, method, args } = call.params
  return resultAnswer(call.id, callService(engine, { service, method, args }))
}
