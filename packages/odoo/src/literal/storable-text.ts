/**
 * Whether Odoo can store a text. PostgreSQL refuses NUL in text, and a lone surrogate, which is no character, makes
 * Odoo answer an HTML page with status 500.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Whether all texts in a JSON value, keys included, can be stored. Does not call itself: any depth is fine. */
export function isStorableJson(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const item = waiting.pop()
    if (typeof item === 'string' && !isStorableText(item)) return false
    if (typeof item !== 'object' || item === null) continue
    for (const [key, member] of Object.entries(item)) {
      if (!isStorableText(key)) return false
      waiting.push(member)
    }
  }
  return true
}
