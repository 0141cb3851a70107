import type { ExpectedAnswer } from '../compare/compare-answers.ts'
import type { Expected } from '../compare/loose.ts'
import { shapeOf } from '../compare/shape.ts'
import { isObject, type Json } from '../json.ts'
import type { AnswerKind } from '../wire/answer.ts'
import { isAmong, type Place } from './place.ts'
import { softenAt } from './soften.ts'

/** Where the recording is not to be taken literally, and why. */
export type Rule = {
  readonly name: string
  readonly reason: string
  /** The steps it is for: cases as `isAmong` reads them, with the places in their answers or without, or a question. */
  readonly where: readonly string[] | Readonly<Record<string, readonly string[]>> | ((place: Place) => boolean)
  /** The part of the body that it is about; default the result. A body that has no such part is left alone. */
  readonly part?: 'result' | 'fault'
  /** What is expected instead of that part, at the places that `where` names. */
  readonly soften: (expected: Expected, told: Told) => Expected
}

/** What a rule may look at besides: where it is applied, and the recorded result there. */
export type Told = { readonly place: Place; readonly recorded: Json }

/** Softens to the shape of what was recorded. */
export const toShape: Rule['soften'] = (_expected, { recorded }) => shapeOf(recorded)

/** The expected answer after those rules that hold for the step, one after the other. */
export function applyRules(
  rules: readonly Rule[],
  place: Place,
  strict: ExpectedAnswer,
  recorded: Json,
): ExpectedAnswer {
  const told = { place, recorded: resultIn(recorded) }
  const { part, root } = PARTS[strict.kind] ?? {}
  if (part === undefined || root === undefined) return strict
  const steps = rules
    .filter((rule) => (rule.part ?? 'result') === part)
    .flatMap((rule) => pathsOf(rule, place).map((path) => ({ rule, path: join(root, path) })))
  const body = steps.reduce(
    (expected, { rule, path }) => softenAt(expected, path, (inner) => rule.soften(inner, told)),
    strict.body,
  )
  return { ...strict, body }
}

/** Where in the body of an answer the part is that rules are about, by the kind of answer. */
const PARTS: Readonly<
  Partial<Record<AnswerKind, { readonly part: 'result' | 'fault'; readonly root: readonly string[] }>>
> = {
  result: { part: 'result', root: ['result'] },
  json: { part: 'result', root: [] },
  error: { part: 'fault', root: ['error', 'data'] },
}

function join(root: readonly string[], path: string): string {
  return [...root, ...(path === '' ? [] : [path])].join('.')
}

/** Where in the answer of a step the rule applies; nowhere where it does not hold. */
function pathsOf({ where }: Rule, place: Place): readonly string[] {
  if (typeof where === 'function') return where(place) ? [''] : []
  if (Array.isArray(where)) return isAmong(where, place) ? [''] : []
  return Object.entries(where).flatMap(([name, paths]) => (isAmong([name], place) ? paths : []))
}

/** The result in a body; the body itself where there is no envelope. */
function resultIn(body: Json): Json {
  return isObject(body) && 'jsonrpc' in body ? (body.result ?? null) : body
}
