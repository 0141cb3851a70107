import type { Import } from '../source-code.ts'
import { LIBRARY_ROOMS, SHARED_SURFACES, WORKSPACES } from './house.ts'
import { isTest, roomNamed, roomOf, surfaceOf, targetOf, type WorkspaceFolder, workspaceOf } from './place.ts'

/** The packages that may be imported from npm. */
export type DeclaredPackages = {
  readonly byWorkspace: ReadonlyMap<WorkspaceFolder, readonly string[]>
  /** What the root declares: tools, for tests and for workspaces that ship nothing. */
  readonly forTests: readonly string[]
}

/** A sentence about what is wrong with one import of a file in a workspace; undefined when it is allowed. */
export function judgeImport(path: string, found: Import, declared: DeclaredPackages): string | undefined {
  const workspace = workspaceOf(path)
  if (workspace === undefined || found.specifier.startsWith('node:')) return undefined
  if (!found.specifier.startsWith('.')) return judgePackage(path, packageOf(found.specifier), workspace, declared)
  const target = targetOf(path, found.specifier)
  if (workspaceOf(target) !== workspace) return `${found.specifier} leaves the workspace: import it by its package name`
  if (isTest(path)) return undefined
  if (isTest(target)) return `${found.specifier} serves tests only`
  return judgeRooms(roomOf(path), roomOf(target), found.typeOnly) ?? judgeSurfaces(surfaceOf(path), surfaceOf(target))
}

function judgeRooms(from: string | undefined, to: string | undefined, typeOnly: boolean): string | undefined {
  if (from === undefined || to === undefined) return undefined
  const room = roomNamed(from)
  if (room === undefined) return `${from} has no row in tools/arrows/house.ts`
  if (from === to || room.imports.includes(to)) return undefined
  if (room.types?.includes(to) !== true) return `${from} may not import ${to}`
  return typeOnly ? undefined : `${from} may take only types from ${to} (import type)`
}

function judgeSurfaces(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined || from === to || SHARED_SURFACES.includes(to)) return undefined
  return `surface ${from} may not import surface ${to}: each must work without the other`
}

function judgePackage(
  path: string,
  name: string,
  workspace: WorkspaceFolder,
  declared: DeclaredPackages,
): string | undefined {
  const room = roomOf(path)
  const isWorkspace = Object.values(WORKSPACES).some((other) => other.name === name)
  if (isWorkspace && !isTest(path)) {
    const allowed: readonly string[] = WORKSPACES[workspace].imports
    if (!allowed.includes(name)) return `${workspace} may not import ${name}`
    if (room !== undefined && roomNamed(room)?.imports.includes(name) === false) return `${room} may not import ${name}`
  }
  const rooms = LIBRARY_ROOMS[name]
  if (rooms !== undefined && room !== undefined && room !== 'cli' && !rooms.includes(room) && !isTest(path)) {
    return `${room} may not import ${name}: only ${[...rooms, 'cli'].join(' and ')} may`
  }
  if (isWorkspace || declared.byWorkspace.get(workspace)?.includes(name) === true) return undefined
  if (declared.forTests.includes(name) && (isTest(path) || !path.startsWith('packages/'))) return undefined
  return `${name} is not declared in ${workspace}/package.json`
}

/** The package of an import: `kysely/migration` → `kysely`, `@fastify/cookie` as it is. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
