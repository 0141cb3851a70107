/**
 * The command that somebody may have meant: one that the word begins with (`keys`, `grants`), or that begins with the word
 * (`sandbo`). Undefined when there is none, or more than one.
 */
export function closestCommand(word: string, names: readonly string[]): string | undefined {
  const close = names.filter((name) => word.startsWith(name) || (word.length > 2 && name.startsWith(word)))
  return close.length === 1 ? close[0] : undefined
}
