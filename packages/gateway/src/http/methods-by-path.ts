import type { ErrorShape } from './error-shape.ts'
import type { Route } from './route.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

type Method = (typeof METHODS)[number]

/** A path, the methods it has, and those that it must refuse with 405 (RFC 9110 §15.5.6). */
export type PathMethods = {
  readonly path: string
  readonly methods: readonly Method[]
  readonly missing: Method[]
  readonly errors: ErrorShape
  readonly sameOrigin: boolean
}

/** Groups the routes by path. `OPTIONS` is answered on every path: a preflight asks for it (Fetch standard §4.8). */
export function methodsByPath(routes: readonly Route[]): PathMethods[] {
  const paths = new Map<string, { methods: Set<Method>; errors: ErrorShape; sameOrigin: boolean }>()
  for (const route of routes) {
    const entry = paths.get(route.path) ?? {
      methods: new Set<Method>(),
      errors: route.errors,
      sameOrigin: route.sameOrigin ?? false,
    }
    entry.methods.add(route.method)
    // HEAD is there wherever GET is (RFC 9110 §9.1); fastify answers it.
    if (route.method === 'GET') entry.methods.add('HEAD')
    paths.set(route.path, entry)
  }
  return [...paths].map(([path, { methods, errors, sameOrigin }]) => ({
    path,
    methods: [...methods],
    missing: METHODS.filter((method) => !methods.has(method)),
    errors,
    sameOrigin,
  }))
}
