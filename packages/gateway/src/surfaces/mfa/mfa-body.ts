import { httpErrors } from '../../http/errors.ts'
import type { SecondFactorCode } from '../../identity/mfa/finish-sign-in.ts'
import type { JsonObject } from '../../kernel/json.ts'

/** Longer than any token of ours. Characters. */
const TOKEN_LENGTH_MAX = 256

/** Longer than any code that a person reads from an app or a mail. Characters. */
const CODE_LENGTH_MAX = 64

/** @throws body.invalid */
export function readMfaToken(params: JsonObject): string {
  return readText(params, 'mfa_token', TOKEN_LENGTH_MAX)
}

/** @throws body.invalid, naming the member that is missing or wrong */
export function readCode(params: JsonObject): SecondFactorCode {
  const code = readText(params, 'code', CODE_LENGTH_MAX)
  const { remember = false } = params
  if (typeof remember !== 'boolean') {
    throw httpErrors['body.invalid']({ message: '"remember" must be true or false.', data: { field: 'remember' } })
  }
  return { code, remember }
}

function readText(params: JsonObject, name: string, lengthMax: number): string {
  const value = params[name]
  if (typeof value !== 'string' || value.trim() === '' || value.length > lengthMax) {
    throw httpErrors['body.invalid']({
      message: `"${name}" is required: a text of 1 to ${lengthMax} characters.`,
      data: { field: name },
    })
  }
  return value.trim()
}
