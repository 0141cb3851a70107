import { posix } from 'node:path'
import { ROOMS, type Room, WORKSPACES } from './house.ts'

/** The folder of a workspace. */
export type WorkspaceFolder = keyof typeof WORKSPACES

const GATEWAY_ROOMS = 'packages/gateway/src/'

/** The workspace that a file lies in; undefined for the tools, scripts and settings of the checkout. */
export function workspaceOf(path: string): WorkspaceFolder | undefined {
  return WORKSPACE_FOLDERS.find((folder) => path.startsWith(`${folder}/`))
}

/** The folders of all workspaces. */
export const WORKSPACE_FOLDERS = Object.keys(WORKSPACES) as readonly WorkspaceFolder[] // exact: the table is a literal

/** The name of the gateway's room that a file lies in; undefined outside the gateway's source. */
export function roomOf(path: string): string | undefined {
  return path.startsWith(GATEWAY_ROOMS) ? path.slice(GATEWAY_ROOMS.length).split('/')[0] : undefined
}

/** The row of a room, where it has one. */
export function roomNamed(name: string): Room | undefined {
  const rooms: Readonly<Record<string, Room>> = ROOMS
  return Object.hasOwn(rooms, name) ? rooms[name] : undefined
}

/** The surface that a file lies in; undefined outside `surfaces/` and for files that all surfaces share. */
export function surfaceOf(path: string): string | undefined {
  const [room, surface, file] = path.slice(GATEWAY_ROOMS.length).split('/')
  return path.startsWith(GATEWAY_ROOMS) && room === 'surfaces' && file !== undefined ? surface : undefined
}

/** The file that a relative import names. */
export function targetOf(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier)
}

/** Whether a file is a test or serves only tests; such a file may import any room and any workspace. */
export function isTest(path: string): boolean {
  return /\.(?:test|fixture)\.ts$|\/testing\//.test(path)
}
