import { httpErrors } from '../../http/errors.ts'
import type { JsonObject } from '../../kernel/json.ts'

/** What a person typed. */
export type LoginAndPassword = { readonly login: string; readonly password: string }

/** Longer than any login or password that Odoo takes over its own form. Characters. */
const LENGTH_MAX = 1024

/**
 * Reads login and password out of a sign-in's parameters.
 *
 * @throws body.invalid, naming the member that is missing or wrong
 */
export function readCredentials(params: JsonObject): LoginAndPassword {
  return { login: readText(params, 'login'), password: readText(params, 'password') }
}

function readText(params: JsonObject, name: string): string {
  const value = params[name]
  if (typeof value !== 'string' || value === '' || value.length > LENGTH_MAX) {
    throw httpErrors['body.invalid']({
      message: `"${name}" is required: a text of 1 to ${LENGTH_MAX} characters.`,
      data: { field: name },
    })
  }
  return value
}
