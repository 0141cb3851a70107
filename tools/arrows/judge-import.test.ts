import { describe, expect, test } from 'vitest'
import { ROOMS, type Room } from './house.ts'
import { type DeclaredPackages, judgeImport } from './judge-import.ts'

const DECLARED: DeclaredPackages = {
  byWorkspace: new Map([['packages/gateway', ['fastify', 'kysely']]]),
  forTests: ['vitest'],
}

const GATEWAY = 'packages/gateway/src'

function judge(path: string, specifier: string, typeOnly = false): string | undefined {
  return judgeImport(path, { specifier, line: 1, typeOnly }, DECLARED)
}

describe('allows', () => {
  test.each([
    { from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`, specifier: '../../identity/sign-in.ts' },
    { from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`, specifier: '../jwt-tokens/index.ts' },
    { from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`, specifier: './present.ts' },
    { from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`, specifier: '../../tokens/token-service.ts', typeOnly: true },
    { from: `${GATEWAY}/cli/main.ts`, specifier: '@odoo-gatehouse/sandbox' },
    { from: `${GATEWAY}/records/read.ts`, specifier: '@odoo-gatehouse/odoo/domain' },
    { from: `${GATEWAY}/records/read.test.ts`, specifier: '@odoo-gatehouse/sandbox' },
    { from: `${GATEWAY}/records/read.test.ts`, specifier: '../surfaces/odoo-jwt/index.ts' },
    { from: `${GATEWAY}/store/clients.ts`, specifier: 'kysely/migration' },
    { from: 'packages/sandbox/src/index.ts', specifier: '@odoo-gatehouse/odoo/domain' },
    { from: 'packages/odoo/src/client/session.ts', specifier: '../domain/index.ts' },
    { from: 'packages/odoo/src/client/session.ts', specifier: 'node:url' },
    { from: `${GATEWAY}/store/store.test.ts`, specifier: 'vitest' },
    { from: `${GATEWAY}/tokens/testing/token-desk.ts`, specifier: '../../store/testing/open-store.ts' },
    { from: 'conformance/suites/limits.test.ts', specifier: 'vitest' },
    { from: 'scripts/run.mjs', specifier: '../packages/gateway/bin/runtime.cjs' },
  ])('$specifier in $from', ({ from, specifier, typeOnly }) => {
    expect(judge(from, specifier, typeOnly)).toBe(undefined)
  })
})

describe('refuses', () => {
  test.each([
    {
      from: `${GATEWAY}/kernel/error.ts`,
      specifier: '../store/store.ts',
      says: 'kernel may not import store',
    },
    {
      from: `${GATEWAY}/records/read.ts`,
      specifier: '../identity/sign-in.ts',
      says: 'records may not import identity',
    },
    {
      from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`,
      specifier: '../../tokens/token-service.ts',
      says: 'surfaces may take only types from tokens (import type)',
    },
    {
      from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`,
      specifier: '../send-request/index.ts',
      says: 'surface odoo-jwt may not import surface send-request: each must work without the other',
    },
    {
      from: `${GATEWAY}/shed/rake.ts`,
      specifier: './handle.ts',
      says: 'shed has no row in tools/arrows/house.ts',
    },
    {
      from: `${GATEWAY}/records/read.ts`,
      specifier: '@odoo-gatehouse/sandbox',
      says: 'records may not import @odoo-gatehouse/sandbox',
    },
    {
      from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`,
      specifier: '@odoo-gatehouse/odoo/domain',
      says: 'surfaces may not import @odoo-gatehouse/odoo',
    },
    {
      from: 'packages/odoo/src/client/session.ts',
      specifier: 'odoo-gatehouse',
      says: 'packages/odoo may not import odoo-gatehouse',
    },
    {
      from: `${GATEWAY}/records/read.test.ts`,
      specifier: '../../../odoo/src/domain/index.ts',
      says: '../../../odoo/src/domain/index.ts leaves the workspace: import it by its package name',
    },
    {
      from: `${GATEWAY}/store/store.ts`,
      specifier: './store.fixture.ts',
      says: './store.fixture.ts serves tests only',
    },
    {
      from: `${GATEWAY}/store/store.ts`,
      specifier: './testing/open-store.ts',
      says: './testing/open-store.ts serves tests only',
    },
    {
      from: `${GATEWAY}/surfaces/odoo-jwt/index.ts`,
      specifier: 'fastify',
      says: 'surfaces may not import fastify: only http and cli may',
    },
    {
      from: `${GATEWAY}/store/store.ts`,
      specifier: 'vitest',
      says: 'vitest is not declared in packages/gateway/package.json',
    },
    {
      from: `${GATEWAY}/http/cookie.ts`,
      specifier: 'undici',
      says: 'undici is not declared in packages/gateway/package.json',
    },
  ])('$specifier in $from', ({ from, specifier, says }) => {
    expect(judge(from, specifier)).toBe(says)
  })
})

test('a room may name only rooms above it, so rooms have no cycle', () => {
  const above: string[] = ['@odoo-gatehouse/odoo', '@odoo-gatehouse/sandbox']
  const rooms: Readonly<Record<string, Room>> = ROOMS
  for (const [name, room] of Object.entries(rooms)) {
    expect(above, name).toEqual(expect.arrayContaining([...room.imports]))
    above.push(name)
  }
  expect(above).toEqual(expect.arrayContaining(Object.values(rooms).flatMap((room) => [...(room.types ?? [])])))
})
