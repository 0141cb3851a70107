import { SaxesParser } from 'saxes'
import { readScalar, type ScalarDialect } from './read-scalar.ts'

/** A call as XML-RPC writes it. */
export type XmlCall = { readonly method: string; readonly params: readonly unknown[] }

/** A body that is no XML-RPC call. */
export class BadXmlCall extends Error {
  override readonly name = 'BadXmlCall'
}

/** An element that is open: its own text, and the values within it. */
type Open = { readonly tag: string; text: string; readonly values: unknown[] }

/** Elements whose value is made of what is within them, in place of their text. */
const CONTAINERS: Readonly<Record<string, (element: Open) => readonly unknown[]>> = {
  value: ({ text, values }) => [values.length > 0 ? values.at(-1) : text],
  // The values of `data` go to `array`, which makes one list of them.
  data: ({ values }) => values,
  array: ({ values }) => [values],
  struct: ({ values }) => [structOf(values)],
  param: ({ values }) => values,
  params: ({ values }) => values,
}

/**
 * Reads a call as Python's `xmlrpc.client.loads` does (CPython 3.12): values without a type are text, `nil` is null,
 * `base64` its bytes as Latin-1. Documents may have a type, but its entities are not expanded: one that is used is a
 * mistake. Throws a BadXmlCall.
 */
export function readXmlCall(body: string, dialect: ScalarDialect): XmlCall {
  const open: Open[] = [{ tag: '', text: '', values: [] }]
  let method: string | undefined
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new BadXmlCall(error.message)
  })
  // Prefixes are cut off as Python does; nobody looks at what they stand for.
  parser.on('opentag', ({ name }) => open.push({ tag: name.slice(name.indexOf(':') + 1), text: '', values: [] }))
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const element = open.pop()
    const around = open.at(-1)
    if (element === undefined || around === undefined) return
    if (element.tag === 'methodName') method = element.text
    // One by one: arguments of a call stand on the stack, and a list may have any length.
    else for (const value of valuesOf(element, around, dialect)) around.values.push(value)
  })
  parser.write(body).close()
  if (method === undefined) throw new BadXmlCall('no method is called')
  return { method, params: open[0]?.values ?? [] }
}

function valuesOf(element: Open, around: Open, dialect: ScalarDialect): readonly unknown[] {
  const { tag, text, values } = element
  if (tag === 'fault') throw new BadXmlCall('a fault in place of a call')
  if (tag === 'member') return [memberOf(values, around)]
  const container = Object.hasOwn(CONTAINERS, tag) ? CONTAINERS[tag] : undefined
  if (container !== undefined) return container(element)
  const scalar = readScalar(tag, text, dialect)
  if (scalar !== undefined) return [scalar.value]
  if (around.tag === 'value') throw new BadXmlCall(`unknown tag '${tag}'`)
  return values
}

/** A name with its value, on the way to the struct around it. */
class Member {
  readonly entry: readonly [name: string, value: unknown]

  constructor(name: string, value: unknown) {
    this.entry = [name, value]
  }
}

function memberOf([name, value, ...more]: readonly unknown[], around: Open): Member {
  if (around.tag !== 'struct') throw new BadXmlCall('a member outside of a struct')
  if (typeof name !== 'string' || value === undefined || more.length > 0) {
    throw new BadXmlCall('a member without name or value')
  }
  return new Member(name, value)
}

function structOf(values: readonly unknown[]): unknown {
  const entries = values.map((value) => {
    if (!(value instanceof Member)) throw new BadXmlCall('a struct with something else than members')
    return value.entry
  })
  return Object.fromEntries(entries)
}
