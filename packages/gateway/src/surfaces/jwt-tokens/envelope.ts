import { httpErrors } from '../../http/errors.ts'
import { expectObject } from '../../http/json-body.ts'
import { isJsonObject, type JsonObject } from '../../kernel/json.ts'

/**
 * The JSON-RPC envelope of odoo_jwt. The original always answers in one; here a request that has one (`jsonrpc` or
 * `params`) is answered in one, and a bare request bare.
 */
export type Envelope = { readonly wrapped: boolean; readonly id: unknown }

/** Looks whether a body is an envelope. A body that could not be read has none. */
export function envelopeOf(body: unknown): Envelope {
  if (!isJsonObject(body)) return { wrapped: false, id: null }
  return { wrapped: Object.hasOwn(body, 'jsonrpc') || Object.hasOwn(body, 'params'), id: body.id ?? null }
}

/** A body out of its envelope: the parameters, and how to answer. */
export type Unwrapped = { readonly envelope: Envelope; readonly params: JsonObject }

/**
 * Takes the parameters out of a body, bare or wrapped.
 *
 * @throws body.empty, body.not_an_object, body.invalid
 */
export function unwrap(body: unknown): Unwrapped {
  const json = expectObject(body)
  const envelope = envelopeOf(json)
  if (!envelope.wrapped) return { envelope, params: json }
  const params = json.params ?? {}
  if (!isJsonObject(params)) {
    throw httpErrors['body.invalid']({ message: '"params" must be an object.', data: { field: 'params' } })
  }
  return { envelope, params }
}

/** Puts a result into the envelope that its request came in. */
export function wrap(envelope: Envelope, result: JsonObject): JsonObject {
  return envelope.wrapped ? { jsonrpc: '2.0', id: envelope.id as JsonObject[string], result } : result
}
