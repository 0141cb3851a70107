/** The last code points with a capital (Adlam, U+1E943) lie below this one. */
const CASED_END = 0x1f000

let capitals: ReadonlyMap<string, readonly string[]> | undefined

/**
 * All letters that are one letter to a comparison that ignores case: those with the same small letter, `ł` and `Ł`, `k`,
 * `K` and the Kelvin sign. Letter by letter as PostgreSQL does it, so `ß` is not `SS`.
 */
export function letterCases(letter: string): readonly string[] {
  capitals ??= findCapitals()
  const lowered = letter.toLowerCase()
  const small = isOne(lowered) ? lowered : letter
  return [small, ...(capitals.get(small) ?? [])]
}

/** Capitals by their small letter. It takes some 3 ms, once, and only for who searches beyond ASCII. */
function findCapitals(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (let code = 0; code < CASED_END; code += 1) {
    const capital = String.fromCodePoint(code)
    const small = capital.toLowerCase()
    if (small === capital || !isOne(small)) continue
    const known = found.get(small)
    if (known === undefined) found.set(small, [capital])
    else known.push(capital)
  }
  return found
}

function isOne(text: string): boolean {
  return text.length === ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1)
}
