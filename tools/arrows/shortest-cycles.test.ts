import { expect, test } from 'vitest'
import { shortestCycles } from './shortest-cycles.ts'

test.each([
  { title: 'none in a line', edges: ['a>b', 'b>c'], cycles: [] },
  { title: 'none in a diamond', edges: ['a>b', 'a>c', 'b>d', 'c>d'], cycles: [] },
  { title: 'a node that points at itself', edges: ['a>a'], cycles: ['a>a'] },
  { title: 'the shortest way round', edges: ['a>b', 'b>c', 'c>d', 'd>a', 'b>a'], cycles: ['a>b>a'] },
  { title: 'a way in is no part of it', edges: ['a>b', 'b>c', 'c>b'], cycles: ['b>c>b'] },
  { title: 'each of two apart', edges: ['a>b', 'b>a', 'c>d', 'd>c', 'b>c'], cycles: ['a>b>a', 'c>d>c'] },
])('shortestCycles answers $title', ({ edges, cycles }) => {
  const graph = new Map<string, Set<string>>()
  for (const edge of edges) {
    const [from = '', to = ''] = edge.split('>')
    graph.set(from, (graph.get(from) ?? new Set()).add(to))
  }
  expect(shortestCycles(graph).map((cycle) => cycle.join('>'))).toEqual(cycles)
})
