/** Writes a list of texts, such as scopes, as JSON. */
export function writeTextList(list: readonly string[]): string {
  return JSON.stringify(list)
}

/**
 * Reads a list that `writeTextList` wrote.
 *
 * @throws TypeError when the column holds anything else: rights are never guessed from a damaged row.
 */
export function readTextList(text: string): readonly string[] {
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
    throw new TypeError('A column of the store does not hold a list of texts.')
  }
  return list
}
