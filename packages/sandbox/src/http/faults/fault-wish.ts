/** What can go wrong on demand; see the table in README.md. */
export const FAULTS = [
  'slow',
  'drop_before',
  'drop_after',
  'expire_session',
  'server_error',
  'bad_gateway',
  'serialization_failure',
] as const

export type Fault = (typeof FAULTS)[number]

/** A fault that somebody asked for, and the requests that it is for. */
export type FaultWish = {
  readonly fault: Fault
  /** How many requests are still to have it: 1 to 1,000, default 1. */
  readonly times: number
  /** Milliseconds that the request waits first: 1 to 60,000; needed for `slow`. */
  readonly ms?: number
  /** What the path of the request begins with; default: every path. */
  readonly path?: string
  /** The model and the method that it calls; default: any, and requests that call none. */
  readonly model?: string
  readonly method?: string
}

/** What a control request asks for: a fault, another pace of session ids, or both. `null` is the version's own pace. */
export type ControlWish = { readonly wish?: FaultWish; readonly rotateSessionsEveryMs?: number | null }

const KEYS: ReadonlySet<string> = new Set(['fault', 'times', 'ms', 'path', 'model', 'method', 'rotateSessionsEveryMs'])

/** Reads the body of a control request; a sentence says what is wrong with it. */
export function readControlWish(body: string): ControlWish | { readonly refused: string } {
  let given: unknown
  try {
    given = JSON.parse(body)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { refused: 'The body is no JSON.' }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { refused: 'The body is no object.' }
  const fields = given as Readonly<Record<string, unknown>>
  const refused = firstComplaint(fields)
  if (refused !== undefined) return { refused }
  const { fault, rotateSessionsEveryMs: pace } = fields
  return {
    ...(fault !== undefined && { wish: wishFrom(fields) }),
    ...((pace === null || typeof pace === 'number') && { rotateSessionsEveryMs: pace }),
  }
}

/** The checks, in the order in which they are told. */
function firstComplaint(fields: Readonly<Record<string, unknown>>): string | undefined {
  const { fault, times, ms, path, rotateSessionsEveryMs: pace } = fields
  const unknown = Object.keys(fields).find((key) => !KEYS.has(key))
  if (unknown !== undefined) return `There is no field '${unknown.slice(0, 64)}'; there are ${[...KEYS].join(', ')}.`
  if (fault === undefined && pace === undefined) return "Say which 'fault' it is, or 'rotateSessionsEveryMs'."
  if (fault === undefined && Object.keys(fields).length > 1) return "Say which 'fault' the other fields are about."
  if (fault !== undefined && !FAULTS.some((known) => known === fault)) return `'fault' is one of ${FAULTS.join(', ')}.`
  if (times !== undefined && !isWhole(times, 1000)) return "'times' is a whole number from 1 to 1000."
  if (ms !== undefined && !isWhole(ms, 60_000)) return "'ms' is a whole number from 1 to 60000."
  if (fault === 'slow' && ms === undefined) return "'slow' needs 'ms', how long it takes."
  if (path !== undefined && (typeof path !== 'string' || !/^\/.{0,2000}$/.test(path))) {
    return "'path' is what a path begins with: text with a slash in front."
  }
  const name = ['model', 'method'].find((key) => fields[key] !== undefined && !isName(fields[key]))
  if (name !== undefined) return `'${name}' is the name of one, as text.`
  if (pace !== undefined && pace !== null && !isWhole(pace, 86_400_000)) {
    return "'rotateSessionsEveryMs' is a whole number from 1 to 86400000, or null."
  }
  return undefined
}

function wishFrom({ fault, times, ms, path, model, method }: Readonly<Record<string, unknown>>): FaultWish {
  // All of them were checked above.
  const wish = { fault, times: times ?? 1, ms, path, model, method }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as FaultWish
}

function isWhole(value: unknown, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 200
}
