/** A directed graph: for each node the nodes that it points to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The cycles of a graph, one for each group of nodes that reach each other: the shortest way round from its first node
 * (by name), which stands at both ends.
 */
export function shortestCycles(graph: Graph): readonly (readonly string[])[] {
  const inCycle = new Set<string>()
  const cycles: (readonly string[])[] = []
  for (const node of [...graph.keys()].sort()) {
    if (inCycle.has(node)) continue
    const cycle = shortestWayRound(graph, node)
    if (cycle === undefined) continue
    cycles.push(cycle)
    for (const other of graph.keys()) if (reaches(graph, node, other) && reaches(graph, other, node)) inCycle.add(other)
  }
  return cycles
}

function reaches(graph: Graph, from: string, to: string): boolean {
  return breadthFirst(graph, from).has(to)
}

function shortestWayRound(graph: Graph, start: string): readonly string[] | undefined {
  const before = breadthFirst(graph, start)
  if (!before.has(start)) return undefined
  const way = [start]
  let at = before.get(start)
  while (at !== undefined && at !== start) {
    way.unshift(at)
    at = before.get(at)
  }
  return [start, ...way]
}

/** Every node that can be reached from `start` by at least one step, with the node before it on a shortest way. */
function breadthFirst(graph: Graph, start: string): ReadonlyMap<string, string> {
  const before = new Map<string, string>()
  const queue = [start]
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (before.has(next)) continue
      before.set(next, node)
      queue.push(next)
    }
  }
  return before
}
