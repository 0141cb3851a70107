import type { Route } from './route.ts'

/** What a path and a method lead to. */
export type Match =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path without doubled slashes is a route's. */
  | { readonly merged: string }
  /** There are routes, for these methods. */
  | { readonly allowed: readonly string[] }
  | undefined

/** Finds the route of a path. */
export type RouteMap = (path: string, method: string) => Match

/** A place in the tree of paths: where the next segment leads, and the routes that end here. */
type Place = {
  readonly fixed: Map<string, Place>
  readonly open: { readonly pattern: string; readonly test: RegExp; readonly weight: number; readonly next: Place }[]
  readonly routes: { readonly route: Route; readonly methods: ReadonlySet<string> | undefined }[]
}

/**
 * Lays routes out as werkzeug 2.2 does: a fixed segment before an open one, `<int:…>` before `<…>` before `<path:…>`; a
 * slash at the end makes no difference, doubled slashes are sent to the path without them.
 */
export function routeMap(routes: readonly Route[]): RouteMap {
  const root = place()
  for (const route of routes) for (const path of route.paths) addPath(root, path, route)
  return (path, method) => {
    const allowed = new Set<string>()
    const find = (sought: string) => walk(root, sought.slice(1).split('/'), method, {}, allowed)
    const found = find(path)
    if (found !== undefined) return found
    if (path.includes('//')) {
      const merged = path.replace(/\/{2,}/g, '/')
      if (find(merged) !== undefined) return { merged }
    }
    return allowed.size > 0 ? { allowed: [...allowed].sort() } : undefined
  }
}

function place(): Place {
  return { fixed: new Map(), open: [], routes: [] }
}

function addPath(root: Place, path: string, route: Route): void {
  let here = root
  for (const segment of path.slice(1).split('/')) here = step(here, segment)
  here.routes.push({ route, methods: allowedMethods(route.methods) })
}

function step(from: Place, segment: string): Place {
  if (!segment.includes('<')) {
    const next = from.fixed.get(segment) ?? place()
    from.fixed.set(segment, next)
    return next
  }
  const known = from.open.find(({ pattern }) => pattern === segment)
  if (known !== undefined) return known.next
  const next = place()
  from.open.push({ pattern: segment, test: segmentTest(segment), weight: segmentWeight(segment), next })
  from.open.sort((one, other) => one.weight - other.weight)
  return next
}

const HOLE = /<(?:(\w+):)?(\w+)>/g
const KINDS: Readonly<Record<string, { readonly test: string; readonly weight: number }>> = {
  int: { test: '\\d+', weight: 50 },
  string: { test: '[^/]+', weight: 100 },
  path: { test: '[^/].*', weight: 200 },
}

function segmentTest(segment: string): RegExp {
  const source = segment
    .split(/(<[^>]*>)/)
    .map((part) => part.replace(HOLE, (_hole, kind = 'string', name) => `(?<${name}>${KINDS[kind]?.test})`))
    .map((part) => (part.startsWith('(?<') ? part : part.replace(/[^\w-]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source}$`, 's')
}

/** Segments with fixed parts are tried first, then those with more holes, then the narrower kinds. */
function segmentWeight(segment: string): number {
  const holes = [...segment.matchAll(HOLE)]
  const kinds = holes.reduce((sum, [, kind = 'string']) => sum + (KINDS[kind]?.weight ?? 0), 0)
  const fixedParts = segment.replace(HOLE, '').length > 0 ? 1 : 0
  return kinds - 10_000 * holes.length - 1_000_000 * fixedParts
}

function allowedMethods(methods: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (methods === undefined) return undefined
  return new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])])
}

/** `allowed` gathers the methods of routes that the path, but not the method, fits. */
function walk(
  here: Place,
  segments: readonly string[],
  method: string,
  params: Readonly<Record<string, string>>,
  allowed: Set<string>,
): { route: Route; params: Readonly<Record<string, string>> } | undefined {
  const [segment, ...rest] = segments
  if (segment === undefined) return endAt(here, method, params, allowed)
  const next = here.fixed.get(segment)
  const found = next === undefined ? undefined : walk(next, rest, method, params, allowed)
  if (found !== undefined) return found
  for (const { test, next: after, pattern } of here.open) {
    const takesAll = pattern.startsWith('<path:')
    const caught = test.exec(takesAll ? segments.join('/') : segment)
    if (caught === null) continue
    const within = walk(after, takesAll ? [] : rest, method, { ...params, ...caught.groups }, allowed)
    if (within !== undefined) return within
  }
  return segment === '' && rest.length === 0 ? endAt(here, method, params, allowed) : undefined
}

function endAt(
  { routes, fixed }: Place,
  method: string,
  params: Readonly<Record<string, string>>,
  allowed: Set<string>,
): { route: Route; params: Readonly<Record<string, string>> } | undefined {
  for (const { route, methods } of [...routes, ...(fixed.get('')?.routes ?? [])]) {
    if (methods === undefined || methods.has(method)) return { route, params }
    for (const name of methods) allowed.add(name)
  }
  return undefined
}
