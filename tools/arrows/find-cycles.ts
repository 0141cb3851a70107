import { importsOf } from '../source-code.ts'
import type { Finding, SourceFile } from '../source-file.ts'
import { isTest, targetOf } from './place.ts'
import { shortestCycles } from './shortest-cycles.ts'

type Edge = { readonly from: string; readonly to: string; readonly path: string; readonly line: number }

/**
 * Finds import cycles between files, then between folders that lie in one folder. Types count: they tie readers
 * together as imports tie modules. Tests do not.
 */
export function findCycles(files: readonly SourceFile[]): readonly Finding[] {
  const imports = files.filter(({ path }) => !isTest(path)).flatMap(relativeImports)
  const betweenFolders = Map.groupBy(imports.flatMap(folderEdge), ({ parent }) => parent)
  return [imports, ...betweenFolders.values()].flatMap(cyclesAmong)
}

function relativeImports({ path, text }: SourceFile): readonly Edge[] {
  return importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, line }) => ({ from: path, to: targetOf(path, specifier), path, line }))
}

/** The same import as an arrow between two folders of one folder; none where a file lies in that folder itself. */
function folderEdge(edge: Edge): readonly (Edge & { readonly parent: string })[] {
  const from = edge.from.split('/')
  const to = edge.to.split('/')
  let common = 0
  while (from[common] === to[common] && common < from.length) common += 1
  if (from.length - 1 <= common || to.length - 1 <= common) return []
  const folder = (parts: readonly string[]): string => parts.slice(0, common + 1).join('/')
  return [{ ...edge, from: folder(from), to: folder(to), parent: from.slice(0, common).join('/') }]
}

function cyclesAmong(edges: readonly Edge[]): readonly Finding[] {
  const byStart = Map.groupBy(edges, ({ from }) => from)
  const graph = new Map([...byStart].map(([from, outgoing]) => [from, new Set(outgoing.map(({ to }) => to))]))
  return shortestCycles(graph).flatMap((cycle) => {
    const [from = '', to] = cycle
    const edge = byStart.get(from)?.find((outgoing) => outgoing.to === to)
    const message = `import cycle: ${cycle.join(' → ')}`
    return edge === undefined ? [] : [{ path: edge.path, line: edge.line, message }]
  })
}
