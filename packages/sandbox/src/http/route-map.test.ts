import { describe, expect, test } from 'vitest'
import type { Route } from './route.ts'
import { routeMap } from './route-map.ts'

const route = (path: string, methods?: readonly string[]): Route => ({
  paths: [path],
  kind: 'http',
  auth: 'none',
  ...(methods === undefined ? {} : { methods }),
  run: () => ({ status: 200, headers: {}, body: path }),
})

const PATHS = [
  '/',
  '/web',
  '/web/login',
  '/web/content/<int:id>',
  '/web/content/<xmlid>',
  '/web/content/<model>/<int:id>/<field>',
  '/web/image/<int:id>/<int:width>x<int:height>',
  '/web/image/<int:id>/<filename>',
  '/odoo/<path:subpath>',
]

const find = routeMap([
  ...PATHS.map((path) => route(path)),
  route('/xmlrpc/<service>', ['POST']),
  route('/web/manifest', ['GET']),
])

/** The pattern that a path leads to, with what it caught. */
function found(path: string, method = 'GET'): unknown {
  const match = find(path, method)
  return match !== undefined && 'route' in match ? [match.route.paths[0], { ...match.params }] : match
}

describe('a path', () => {
  test.each([
    ['/', '/', {}],
    ['/web', '/web', {}],
    ['/web/', '/web', {}],
    ['/web/login/', '/web/login', {}],
    ['/web/content/12', '/web/content/<int:id>', { id: '12' }],
    ['/web/content/012', '/web/content/<int:id>', { id: '012' }],
    ['/web/content/-1', '/web/content/<xmlid>', { xmlid: '-1' }],
    ['/web/content/base.logo', '/web/content/<xmlid>', { xmlid: 'base.logo' }],
    ['/web/content/a/1/b', '/web/content/<model>/<int:id>/<field>', { model: 'a', id: '1', field: 'b' }],
    ['/web/image/5/10x20', '/web/image/<int:id>/<int:width>x<int:height>', { id: '5', width: '10', height: '20' }],
    ['/web/image/5/a.png', '/web/image/<int:id>/<filename>', { id: '5', filename: 'a.png' }],
    ['/odoo/a/b//c', '/odoo/<path:subpath>', { subpath: 'a/b//c' }],
  ])('%s leads to %s', (path, pattern, params) => {
    expect(found(path)).toEqual([pattern, params])
  })

  test.each(['/WEB', '/web/x', '/web/content/a/x/b', '/odoo', '/odoo/', '/web/login/x'])('%s leads nowhere', (path) => {
    expect(found(path)).toBeUndefined()
  })

  test.each([
    ['/web//login', '/web/login'],
    ['/web///content//1', '/web/content/1'],
  ])('%s is sent to %s', (path, merged) => {
    expect(found(path)).toEqual({ merged })
  })

  test('with doubled slashes that leads nowhere either way is not sent anywhere', () => {
    expect(found('/nope//x')).toBeUndefined()
  })
})

describe('a method', () => {
  test('that a route does not take is told with those that it takes', () => {
    expect(found('/xmlrpc/common', 'GET')).toEqual({ allowed: ['OPTIONS', 'POST'] })
    expect(found('/web/manifest', 'POST')).toEqual({ allowed: ['GET', 'HEAD', 'OPTIONS'] })
  })

  test.each([
    ['/xmlrpc/common', 'OPTIONS'],
    ['/web/manifest', 'HEAD'],
    ['/web/login', 'BREW'],
  ])('of %s may be %s', (path, method) => {
    expect(found(path, method)).toBeInstanceOf(Array)
  })
})
