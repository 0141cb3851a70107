import type { Engine } from '../engine/contract.ts'
import { type Answer, errorPage } from './answer.ts'
import type { Request } from './request.ts'
import type { Route } from './route.ts'

/** The refusal of a request whose content type is not for the route; undefined when it is. */
export function refusedType(engine: Engine, request: Request, route: Route): Answer | undefined {
  if (takes(route.kind, request)) return undefined
  const { wrongContentType, jsonRouteType } = engine.version
  const type = route.kind === 'json' ? jsonRouteType : route.kind
  const text = (kinds: string) =>
    `Request inferred type is compatible with [${kinds}] but '${route.paths[0]}' is type='${type}'.`
  if (wrongContentType === 400) return errorPage(400, text("'http'"))
  // The version that says 415 knows json2, which takes requests without a body, and tells what would have been right.
  const kinds = takes('json2', request) ? "'http', 'json2'" : "'http'"
  const accept = route.kind === 'json' ? 'application/json, application/json-rpc' : 'application/json'
  const hint = 'Please verify the Content-Type request header and try again.'
  return errorPage(415, `${text(kinds)}\n\n${hint}`, { accept })
}

function takes(kind: Route['kind'], { contentType, bytes }: Request): boolean {
  if (kind === 'http') return true
  if (kind === 'json2' && bytes.length === 0) return true
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase()
  return type === 'application/json' || (kind === 'json' && type === 'application/json-rpc')
}
