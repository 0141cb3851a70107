import { isList, isObject, type Json } from '../json.ts'
import { type Expected, isExpectedList, isLoose, type Loose } from './loose.ts'

/** Where an answer is not as expected, and how. */
export type Difference = {
  /** Dotted, from the top of what was compared; '' at the top itself. */
  readonly path: string
  readonly expected: string
  readonly actual: string
}

/** The first difference in the order of the expectation; undefined where the value is alike. Objects have no order. */
export function compareValues(expected: Expected, actual: Json | undefined, path = ''): Difference | undefined {
  if (actual === undefined) return differ(path, expected, actual)
  if (isLoose(expected)) return compareLoosely(expected, actual, path)
  if (isExpectedList(expected))
    return isList(actual) ? compareLists(expected, actual, path) : differ(path, expected, actual)
  if (typeof expected !== 'object' || expected === null) {
    return expected === actual ? undefined : differ(path, expected, actual)
  }
  return isObject(actual) ? compareMembers(expected, actual, path, true) : differ(path, expected, actual)
}

function compareLists(expected: readonly Expected[], actual: readonly Json[], path: string): Difference | undefined {
  for (const [at, item] of expected.entries()) {
    const difference = compareValues(item, actual[at], join(path, at))
    if (difference) return difference
  }
  const extra = expected.length
  return actual.length > extra ? differ(join(path, extra), undefined, actual[extra]) : undefined
}

function compareMembers(
  expected: { readonly [name: string]: Expected },
  actual: { readonly [name: string]: Json },
  path: string,
  isAll: boolean,
): Difference | undefined {
  for (const [name, member] of Object.entries(expected)) {
    const difference = compareValues(member, actual[name], join(path, name))
    if (difference) return difference
  }
  const extra = isAll ? Object.keys(actual).find((name) => !Object.hasOwn(expected, name)) : undefined
  return extra === undefined ? undefined : differ(join(path, extra), undefined, actual[extra])
}

function compareLoosely(expected: Loose, actual: Json, path: string): Difference | undefined {
  switch (expected.kind) {
    case 'unset-or':
      return actual === false ? undefined : compareValues(expected.inner, actual, path)
    case 'each': {
      if (!isList(actual)) return differ(path, expected, actual)
      return first(actual, (item, at) => compareValues(expected.inner, item, join(path, at)))
    }
    case 'at-least':
      return isObject(actual) ? compareMembers(expected.members, actual, path, false) : differ(path, expected, actual)
    case 'starts-with':
      return isList(actual)
        ? compareLists(expected.items, actual.slice(0, expected.items.length), path)
        : differ(path, expected, actual)
    case 'in-any-order':
      return isList(actual) && areSame(expected.items, actual) ? undefined : differ(path, expected.items, actual)
    default:
      return fits(expected, actual) ? undefined : differ(path, expected, actual)
  }
}

function fits(expected: Loose, actual: Json): boolean {
  switch (expected.kind) {
    case 'any':
      return true
    case 'text':
    case 'number':
    case 'boolean':
      return typeof actual === TYPES[expected.kind]
    case 'id':
      return typeof actual === 'number' && Number.isInteger(actual) && actual > 0
    case 'moment':
      return typeof actual === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(actual)
    case 'day':
      return typeof actual === 'string' && /^\d{4}-\d\d-\d\d$/.test(actual)
    case 'like':
      return typeof actual === 'string' && expected.pattern.test(actual)
    default:
      return false
  }
}

const TYPES = { text: 'string', number: 'number', boolean: 'boolean' } as const

/** Whether each expectation finds an element of its own. The first that fits is taken: elements are told apart by id. */
function areSame(expected: readonly Expected[], actual: readonly Json[]): boolean {
  const left = [...actual]
  const isFound = (item: Expected) => {
    const at = left.findIndex((candidate) => compareValues(item, candidate) === undefined)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }
  return expected.length === actual.length && expected.every(isFound)
}

function first<T>(items: readonly T[], find: (item: T, at: number) => Difference | undefined): Difference | undefined {
  for (const [at, item] of items.entries()) {
    const difference = find(item, at)
    if (difference) return difference
  }
  return undefined
}

function differ(path: string, expected: Expected | undefined, actual: Json | undefined): Difference {
  return { path, expected: told(expected), actual: told(actual) }
}

/** Longest excerpt of a value in a difference, in characters. */
const EXCERPT = 160

function told(value: Expected | undefined): string {
  if (value === undefined) return 'nothing'
  if (isLoose(value) && value.kind === 'like') return `text like ${value.pattern.source.slice(0, EXCERPT)}`
  const text = JSON.stringify(value, (_key, item) => (isLoose(item) ? `<${item.kind}>` : item))
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text
}

function join(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`
}
