const LIST = new Intl.ListFormat('en', { type: 'conjunction' })

/** Names in a sentence: `a`, `a and b`, `a, b, and c`. */
export function inWords(names: readonly string[]): string {
  return LIST.format(names)
}
