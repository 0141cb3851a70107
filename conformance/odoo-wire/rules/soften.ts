import { anyId, type Expected, isExpectedList, isExpectedObject } from '../compare/loose.ts'

/** Changes what is expected at a dotted path; `*` stands for every element and member. A path that is not there is left. */
export function softenAt(expected: Expected, path: string, soften: (inner: Expected) => Expected): Expected {
  if (path === '') return soften(expected)
  const [name = '', ...rest] = path.split('.')
  const inner = (value: Expected) => softenAt(value, rest.join('.'), soften)
  const isNamed = (key: string | number) => name === '*' || name === String(key)
  if (isExpectedList(expected)) return expected.map((item, at) => (isNamed(at) ? inner(item) : item))
  if (!isExpectedObject(expected)) return expected
  return Object.fromEntries(Object.entries(expected).map(([key, item]) => [key, isNamed(key) ? inner(item) : item]))
}

/** Changes every text that is expected as it is. */
export function softenTexts(expected: Expected, soften: (text: string) => Expected): Expected {
  if (typeof expected === 'string') return soften(expected)
  if (isExpectedList(expected)) return expected.map((item) => softenTexts(item, soften))
  if (!isExpectedObject(expected)) return expected
  return Object.fromEntries(Object.entries(expected).map(([name, item]) => [name, softenTexts(item, soften)]))
}

/** Expects any id where the value is one, or a list of them. 0 is no id. */
export function anyIds(expected: Expected): Expected {
  if (isExpectedList(expected)) return expected.map(anyIds)
  return typeof expected === 'number' && expected > 0 ? anyId : expected
}
