import type { ExpectedAnswer } from '../compare/compare-answers.ts'
import { anything, atLeast, type Expected, isExpectedObject } from '../compare/loose.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { recordedAnswer } from '../wire/answer.ts'
import { DEMONSTRATION_DATA } from './demonstration-data.ts'
import { NEW_RECORDS } from './new-records.ts'
import type { Place } from './place.ts'
import { readPlaceholders } from './placeholders.ts'
import { applyRules, type Rule } from './rule.ts'
import { THE_RECORDER } from './the-recorder.ts'

/** Exceptions whose sentences Odoo wrote for people. The wording of Python's own errors is worth no code. */
const FOR_PEOPLE = new Set([
  'AccessDenied',
  'AccessError',
  'MissingError',
  'RedirectWarning',
  'UserError',
  'ValidationError',
])

/** Routes where it matters whether a session is opened. Others set a cookie whenever Odoo feels like it. */
const SIGN_IN_ROUTES = /^\/(?:web\/session\/authenticate|web\/login|auth_oauth\/signin)\b/

/** All rules, in the order in which they are applied. */
export const RULES: readonly Rule[] = [...NEW_RECORDS, ...DEMONSTRATION_DATA, ...THE_RECORDER]

/** How the values of the recording are called on the target. */
export type Translation = { readonly text: (text: string) => string; readonly body: (body: Json) => Json }

/** What the answer to a step has to be: the recorded one in the target's names, loosened by the rules that apply. */
export function expectAnswer(place: Place, translate: Translation): ExpectedAnswer {
  const { step } = place
  const recorded = recordedAnswer(step.response, step.request.method)
  const body = translate.body(recorded.body)
  const location = recorded.location === null ? null : translate.text(recorded.location)
  const strict: ExpectedAnswer = {
    ...recorded,
    location: location === null ? null : readPlaceholders(location),
    body: recorded.kind === 'error' || isFlatFault(body) ? readFault(body) : readPlaceholders(body),
    opensSession: SIGN_IN_ROUTES.test(step.request.path) ? recorded.sessions.length > 0 : undefined,
  }
  return applyRules(RULES, place, strict, body)
}

function isFlatFault(body: Json): body is JsonObject {
  return isObject(body) && 'name' in body && 'debug' in body && 'arguments' in body
}

/** The fault, in an envelope or flat as `/json/2` tells it, with the wording of Python's errors left open. */
function readFault(body: Json): Expected {
  if (isFlatFault(body)) return looseFault(body)
  const read = readPlaceholders(body)
  const error = isObject(body) ? body.error : undefined
  if (!isExpectedObject(read) || !isObject(error) || !isFlatFault(error.data ?? null)) return read
  return { ...read, error: { ...error, data: looseFault(error.data as JsonObject) } } // Just checked to be one.
}

function looseFault(fault: JsonObject): Expected {
  const { name, message = null, arguments: args = null } = fault
  const isForPeople = FOR_PEOPLE.has(String(name))
  return {
    name: name ?? null,
    message: isForPeople ? readPlaceholders(message) : anything,
    arguments: isForPeople && name !== 'RedirectWarning' ? readPlaceholders(args) : anything,
    context: isObject(fault.context ?? null) ? atLeast({}) : anything,
    debug: anything,
  }
}
