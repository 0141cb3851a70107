import type { Answer } from '../wire/answer.ts'
import { compareValues, type Difference } from './compare-values.ts'
import type { Expected } from './loose.ts'

/** What an answer has to be. `undefined` members do not matter. */
export type ExpectedAnswer = Pick<Answer, 'status' | 'kind' | 'page' | 'media' | 'challenge'> & {
  readonly body: Expected
  readonly location: Expected
  readonly disposition: Expected
  /** Whether a session is opened. `undefined` where neither matters. */
  readonly opensSession: boolean | undefined
}

/** The first difference that a client would notice, the coarsest first; undefined where the answers are alike. */
export function compareAnswers(expected: ExpectedAnswer, actual: Answer): Difference | undefined {
  const opens = expected.opensSession === undefined ? undefined : actual.sessions.length > 0
  return (
    compareValues(expected.status, actual.status, 'status') ??
    compareValues(expected.kind, actual.kind, 'kind') ??
    compareValues(expected.location, actual.location, 'location') ??
    compareValues(expected.challenge, actual.challenge, 'challenge') ??
    compareValues(expected.media, actual.media, 'media') ??
    compareValues(expected.disposition, actual.disposition, 'disposition') ??
    compareValues(expected.body, actual.body, 'body') ??
    compareValues(expected.page, actual.page, 'page') ??
    (opens === expected.opensSession
      ? undefined
      : compareValues(expected.opensSession ?? null, opens ?? null, 'opens a session'))
  )
}
