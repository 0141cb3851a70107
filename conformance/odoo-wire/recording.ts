import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Json, parseExactly } from './json.ts'

/** The releases that were recorded. */
export const VERSIONS = [17, 18, 19] as const
export type Version = (typeof VERSIONS)[number]

/** What the recordings are about; a file each. */
export const GROUPS = ['read', 'write', 'access', 'auth', 'http'] as const
export type Group = (typeof GROUPS)[number]

/** A call that the recorder made beforehand, without its answer but for the result. */
export type SetupCall = {
  readonly as: string
  readonly model: string
  readonly method: string
  readonly args: readonly Json[]
  readonly kwargs: { readonly [name: string]: Json }
  readonly result: Json
}

/** A body is JSON, text that is sent as it is, or `null` for none. */
export type RecordedRequest = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json
}

/** Header names are in lower case; `set-cookie` is a list. */
export type RecordedAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Json
}

/** One exchange with a real server. */
export type Step = {
  /** Unique in its group and version. */
  readonly id: string
  readonly case: string
  /** Whose session the request carries: a login, `public` for nobody, `api-key`, or a name of the recorder's. */
  readonly as: string
  readonly request: RecordedRequest
  readonly response: RecordedAnswer
  readonly setup?: readonly SetupCall[]
  /** Values of the answer that later steps use, by name, with their place in the body. */
  readonly captures?: Readonly<Record<string, { readonly path: string; readonly value: Json }>>
  /** Whether the recorder cut something away. */
  readonly trimmed?: boolean
}

/** A case: one exchange, or several that follow from each other. */
export type Case = {
  readonly name: string
  readonly group: Group
  readonly version: Version
  readonly steps: readonly Step[]
}

/** The recorded cases of a group, in the order of the recording. */
export function readCases(version: Version, group: Group): readonly Case[] {
  const file = join(import.meta.dirname, 'recordings', String(version), `${group}.jsonl`)
  const steps = readFileSync(file, 'utf8').trimEnd().split('\n').map(readStep)
  const byName = Map.groupBy(steps, (step) => step.case)
  return [...byName].map(([name, ofCase]) => ({ name, group, version, steps: ofCase }))
}

/** The request keeps its numbers to the letter (`15.0` asks for something else than `15`); the answer need not. */
function readStep(line: string): Step {
  const step: Step = JSON.parse(line)
  const exact = parseExactly(line) as unknown as Step // The same line, hence of the same type.
  return { ...step, request: exact.request }
}
