import type { Engine } from '../engine/contract.ts'
import { OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import { faultOf } from '../rpc/call-kw.ts'
import { callService } from '../rpc/service.ts'
import { presentXmlFault, type XmlRpcVersion } from '../xml-rpc/fault.ts'
import { BadXmlCall, readXmlCall } from '../xml-rpc/read-call.ts'
import { BadScalar } from '../xml-rpc/read-scalar.ts'
import { xmlAnswer } from '../xml-rpc/write-answer.ts'
import type { Answer } from './answer.ts'
import { resultAnswer } from './json-rpc.ts'
import type { Request } from './request.ts'
import type { HttpExchange, JsonExchange, Route } from './route.ts'

/** The old RPC (odoo 18.0 base, controllers/rpc.py). It opens no session. */
export const RPC_ROUTES: readonly Route[] = [
  { paths: ['/jsonrpc'], kind: 'json', auth: 'none', savesSession: false, run: runJsonRpc },
  xmlRpcRoute('/xmlrpc/<service>', 1),
  xmlRpcRoute('/xmlrpc/2/<service>', 2),
]

function runJsonRpc({ engine, call }: JsonExchange): Answer {
  for (const name of ['service', 'method', 'args']) {
    if (!(name in call.params)) throw typeError(`RPC.jsonrpc() missing 1 required positional argument: '${name}'`)
  }
  const { service, method, args } = call.params
  return resultAnswer(call.id, callService(engine, { service, method, args }))
}

function xmlRpcRoute(path: string, version: XmlRpcVersion): Route {
  return {
    paths: [path],
    methods: ['POST'],
    kind: 'http',
    auth: 'none',
    csrf: false,
    savesSession: false,
    run: (exchange) => runXmlRpc(exchange, version),
  }
}

/** HTTP 200 whatever happens: clients look at the fault. */
function runXmlRpc({ engine, request, params }: HttpExchange, version: XmlRpcVersion): Answer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' }
  try {
    const { method, params: args } = readXmlCall(isForm(request) ? '' : request.body, {
      readsMoments: engine.version.rpc.readsXmlMoments,
    })
    const result = callService(engine, { service: params.service, method, args })
    return { status: 200, headers, body: xmlAnswer(result, fractionsOf(engine, params.service, args)) }
  } catch (error) {
    return { status: 200, headers, body: presentXmlFault(xmlFaultOf(engine, error), version) }
  }
}

/** Odoo reads a form before anybody asks for the body, and leaves nothing of it. */
function isForm({ contentType }: Request): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(contentType)
}

function xmlFaultOf(engine: Engine, error: unknown): OdooFault {
  if (error instanceof BadXmlCall) return new OdooFault('xml.parsers.expat.ExpatError', error.message)
  if (error instanceof BadScalar) return valueError(error.message)
  return faultOf(engine, error)
}

/** The fields of the called model that Python keeps as floats, whole or not. */
function fractionsOf(engine: Engine, service: string | undefined, args: readonly unknown[]): ReadonlySet<string> {
  const name = service === 'object' ? args[3] : undefined
  const model = typeof name === 'string' ? engine.schema.models.get(name) : undefined
  const fields = [...(model?.fields.values() ?? [])]
  return new Set(fields.filter(({ type }) => type === 'float' || type === 'monetary').map((field) => field.name))
}
