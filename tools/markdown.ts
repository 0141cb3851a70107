/** Something that a document names. */
export type Reference = {
  readonly name: string
  /** From 1. */
  readonly line: number
}

/** The targets of the links and images of a document; links in code are not links. */
export function linksOf(text: string): readonly Reference[] {
  return linesOf(text)
    .filter(({ inFence }) => !inFence)
    .flatMap(({ line, content }) => {
      const prose = content.replace(/`[^`]*`/g, '')
      const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
      const definitions = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$/g)]
      return [...inline, ...definitions].map((match) => ({ name: match[1] ?? '', line }))
    })
}

/** The anchors of a document's headings, as GitHub makes them. */
export function headingsOf(text: string): readonly string[] {
  const seen = new Map<string, number>()
  return linesOf(text)
    .filter(({ inFence }) => !inFence)
    .flatMap(({ content }) => {
      const title = /^#{1,6}\s+(.*?)\s*#*$/.exec(content)?.[1]
      if (title === undefined) return []
      const anchor = title
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return [count === 0 ? anchor : `${anchor}-${count}`]
    })
}

/** Paths in backquotes: words with a slash between them, nothing that stands for something else (`<name>`, `*`). */
export function namedPathsOf(text: string): readonly Reference[] {
  return linesOf(text)
    .filter(({ inFence }) => !inFence)
    .flatMap(({ line, content }) =>
      [...content.matchAll(/`(\.?[\w@.-]+(?:\/[\w@.-]+)+\/?)`/g)].map((match) => ({ name: match[1] ?? '', line })),
    )
}

/** The names behind `npm run`, in prose and in code. */
export function namedScriptsOf(text: string): readonly Reference[] {
  return linesOf(text).flatMap(({ line, content }) =>
    [...content.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => ({ name: match[1] ?? '', line })),
  )
}

function linesOf(
  text: string,
): readonly { readonly line: number; readonly content: string; readonly inFence: boolean }[] {
  let inFence = false
  return text.split('\n').map((content, index) => {
    const isFence = /^\s*(?:```|~~~)/.test(content)
    if (isFence) inFence = !inFence
    return { line: index + 1, content, inFence: inFence || isFence }
  })
}
