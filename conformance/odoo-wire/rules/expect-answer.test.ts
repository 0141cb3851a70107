import { describe, expect, test } from 'vitest'
import { compareAnswers } from '../compare/compare-answers.ts'
import { isObject, type Json, mapTexts, valueAt } from '../json.ts'
import { GROUPS, readCases, VERSIONS } from '../recording.ts'
import { KNOWN_DIFFERENCES } from '../replay/known-differences.ts'
import { type Answer, recordedAnswer } from '../wire/answer.ts'
import { expectAnswer, RULES, type Translation } from './expect-answer.ts'
import { isAmong, type Place } from './place.ts'

const ALL: readonly Place[] = VERSIONS.flatMap((version) =>
  GROUPS.flatMap((group) =>
    readCases(version, group).flatMap(({ steps }) => steps.map((step) => ({ version, group, step }))),
  ),
)
const AS_RECORDED: Translation = { text: (text) => text, body: (body) => body }

/** What the recorder reduced to names, so that the recording is no answer itself. */
const REDUCED = new Set(['manifest', 'get_views'])
const PLACES = ALL.filter(({ step }) => !REDUCED.has(step.case))

/** The recorded answer as it came, with something in place of each placeholder. */
function answerOf({ step }: Place): Answer {
  const { body, ...rest } = recordedAnswer(step.response, step.request.method)
  return {
    ...rest,
    body: withMembers(mapTexts(body, withValues)),
    location: rest.location && withValues(rest.location),
  }
}

function withValues(text: string): string {
  return text
    .replace(/<now>|<expiration>/g, '2026-11-21 00:00:00')
    .replace(/<hash>|<api-key:[^>]*>/g, '0123456789abcdef0123')
    .replace('<uuid>', '01234567-0123-0123-0123-0123456789ab')
    .replace('<host>', '127.0.0.1:8069')
    .replace(/<[\w-]+(?::[\w -]+)?>|<base64[^>]*>/g, (found) =>
      /^<(?:traceback|.*token|session|base64)/.test(found) ? 'x' : found,
    )
}

/** Members of which the recorder kept the names get a value. */
function withMembers(body: Json): Json {
  const result = valueAt(body, 'result')
  if (!isObject(body) || !isObject(result) || !Array.isArray(result['<other keys>'])) return body
  const { '<other keys>': others, ...members } = result
  return { ...body, result: { ...members, ...Object.fromEntries((others as string[]).map((name) => [name, 0])) } }
}

function differenceOf(place: Place, actual: Answer): string | undefined {
  return compareAnswers(expectAnswer(place, AS_RECORDED), actual)?.path
}

/** The recordings whose changed answer is still taken for alike. */
function unnoticed(places: readonly Place[], change: (answer: Answer) => Answer): readonly string[] {
  return places
    .filter((place) => differenceOf(place, change(answerOf(place))) === undefined)
    .map(({ version, group, step }) => `${version} ${group}/${step.id}`)
}

test('every recorded answer is alike itself', () => {
  const differing = PLACES.flatMap((place) => {
    const path = differenceOf(place, answerOf(place))
    return path === undefined ? [] : [`${place.version} ${place.group}/${place.step.id}: ${path}`]
  })
  expect(differing).toEqual([])
})

describe('in every recording it is noticed', () => {
  const errors = PLACES.filter((place) => answerOf(place).kind === 'error')

  test('when the status is another', () => {
    expect(unnoticed(PLACES, (answer) => ({ ...answer, status: answer.status + 1 }))).toEqual([])
  })

  test('when a page comes instead, or something else than a page', () => {
    const change = (answer: Answer): Answer => ({ ...answer, kind: answer.kind === 'html' ? 'json' : 'html' })
    expect(unnoticed(PLACES, change)).toEqual([])
  })

  test('when another exception comes', () => {
    const change = (answer: Answer) => ({ ...answer, body: changeFault(answer.body, { name: 'OtherError' }) })
    expect(unnoticed(errors, change)).toEqual([])
  })

  test('when a fault has no sentence', () => {
    const change = (answer: Answer) => ({ ...answer, body: changeFault(answer.body, { message: undefined }) })
    expect(unnoticed(errors, change)).toEqual([])
  })

  test("when Odoo's own sentence is another, while the wording of Python's errors is open", () => {
    const change = (answer: Answer) => ({ ...answer, body: changeFault(answer.body, { message: 'Something else' }) })
    const open = new Set(unnoticed(errors, change))
    const names = errors
      .filter(({ version, group, step }) => open.has(`${version} ${group}/${step.id}`))
      .map((place) => String(valueAt(answerOf(place).body, 'error.data.name')))
    const people = ['AccessDenied', 'AccessError', 'MissingError', 'RedirectWarning', 'UserError', 'ValidationError']
    expect([...new Set(names)].filter((name) => people.includes(name))).toEqual([])
    expect(names).toContain('TypeError')
  })

  test('when a redirect leads elsewhere', () => {
    const redirects = PLACES.filter((place) => answerOf(place).location !== null)
    expect(unnoticed(redirects, (answer) => ({ ...answer, location: '/elsewhere' }))).toEqual([])
    expect(redirects.length).toBeGreaterThan(50)
  })
})

describe('where no rule is about the result', () => {
  const general = new Set(RULES.filter(({ where }) => typeof where === 'function').map(({ name }) => name))
  const isTouched = (place: Place) =>
    RULES.some(
      ({ name, where }) => !general.has(name) && isAmong(Array.isArray(where) ? where : Object.keys(where), place),
    )
  const strict = PLACES.filter((place) => !isTouched(place) && answerOf(place).kind === 'result')
  const withRows = strict.filter((place) => rowsOf(answerOf(place)).length > 0)

  test('a row too many is noticed', () => {
    expect(unnoticed(withRows, (answer) => withResult(answer, [...rowsOf(answer), rowsOf(answer)[0] ?? null]))).toEqual(
      [],
    )
  })

  test('the reverse order is noticed', () => {
    const several = withRows.filter(
      (place) => new Set(rowsOf(answerOf(place)).map((row) => JSON.stringify(row))).size > 1,
    )
    const change = (answer: Answer) => withResult(answer, rowsOf(answer).toReversed())
    // New ids are any ids, in any order.
    expect(unnoticed(several, change).filter((id) => !/copy_many/.test(id))).toEqual([])
    expect(several.length).toBeGreaterThan(150)
  })

  test('a member of a row that is left out is noticed', () => {
    const objects = withRows.filter((place) => isObject(rowsOf(answerOf(place))[0] ?? null))
    const change = (answer: Answer) => {
      const [first = null, ...rest] = rowsOf(answer)
      return withResult(answer, [Object.fromEntries(Object.entries(first ?? {}).slice(1)), ...rest])
    }
    expect(unnoticed(objects, change)).toEqual([])
  })

  test('a text in place of a number is noticed, wherever it stands', () => {
    const numbers = strict.filter((place) => /\d/.test(JSON.stringify(valueAt(answerOf(place).body, 'result') ?? null)))
    const change = (answer: Answer) => withResult(answer, numbersAsTexts(valueAt(answer.body, 'result') ?? null))
    const changed = numbers.filter(
      (place) => JSON.stringify(change(answerOf(place))) !== JSON.stringify(answerOf(place)),
    )
    expect(unnoticed(changed, change)).toEqual([])
  })
})

describe('the tables', () => {
  test('each rule says why, and is for steps that were recorded', () => {
    for (const { name, reason, where } of RULES) {
      expect(reason, name).toMatch(/^[A-Z].*\.$/)
      if (typeof where === 'function') {
        expect(ALL.some(where), name).toBe(true)
        continue
      }
      const cases: readonly string[] = Array.isArray(where) ? where : Object.keys(where)
      for (const one of cases)
        expect(
          ALL.some((place) => isAmong([one], place)),
          one,
        ).toBe(true)
    }
  })

  test('each known difference says why, and is about steps that were recorded', () => {
    for (const { cause, reason, cases } of KNOWN_DIFFERENCES) {
      expect(reason, cause).toMatch(/^[A-Z].*\.$/)
      for (const one of cases)
        expect(
          ALL.some((place) => isAmong([one], place)),
          one,
        ).toBe(true)
    }
  })
})

function changeFault(body: Json, change: { readonly [name: string]: Json | undefined }): Json {
  if (!isObject(body) || !isObject(body.error) || !isObject(body.error.data)) return body
  return JSON.parse(JSON.stringify({ ...body, error: { ...body.error, data: { ...body.error.data, ...change } } }))
}

function rowsOf({ body }: Answer): readonly Json[] {
  const result = valueAt(body, 'result')
  return Array.isArray(result) ? result : []
}

function withResult(answer: Answer, result: Json): Answer {
  return { ...answer, body: isObject(answer.body) ? { ...answer.body, result } : answer.body }
}

function numbersAsTexts(value: Json): Json {
  if (typeof value === 'number') return `${value}!`
  if (Array.isArray(value)) return value.map(numbersAsTexts)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, numbersAsTexts(item)]))
}
