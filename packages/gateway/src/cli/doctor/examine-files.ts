import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Settings } from '../../config/settings.ts'
import type { StoreHealth } from '../../store/dialect/examine.ts'
import { masterKeyFile } from '../master-key.ts'
import { type Finding, findingsAbout } from './finding.ts'

const store = findingsAbout('store')
const keys = findingsAbout('keys')

const MEBIBYTE = 1_048_576

/** Less room than this, and it is only a matter of time. Bytes. */
const ROOM_LOW = 500 * MEBIBYTE

/** Less than this, and the next sign-in may fail. Bytes. */
const ROOM_NONE = 50 * MEBIBYTE

/** Whether the data directory has room, and is for its owner alone. */
export async function examineFiles(settings: Settings): Promise<readonly Finding[]> {
  const { data } = settings
  const { bavail, bsize } = await statfs(data)
  const room = bavail * bsize
  const told = `${Math.round(room / MEBIBYTE)} MiB are free where ${data} is`
  const next = 'Make room, or move the data directory (GATEHOUSE_DATA).'
  const roomFinding =
    room < ROOM_NONE
      ? store.fault(`Only ${told}.`, { why: 'Without room nothing can be kept, and sign-ins fail.', next })
      : room < ROOM_LOW
        ? store.warning(`Only ${told}.`, { next })
        : store.ok(`${told}.`)
  return [roomFinding, ...examineMode(data, '0700'), ...examineMasterKeyFile(settings)]
}

/** What the engine says of itself. */
export function describeHealth({ engine, version, bytes, damages, connections }: StoreHealth): readonly Finding[] {
  const whole = store.ok(`${engine} ${version} answers; ${Math.max(1, Math.round(bytes / MEBIBYTE))} MiB.`)
  const broken = damages.map((damage) =>
    store.fault(`The store is damaged: ${damage}.`, {
      next: 'Stop the gateway and restore the last backup (`gatehouse restore`).',
    }),
  )
  const tight = connections !== undefined && connections.max < connections.own + CONNECTIONS_OF_A_NODE
  return [
    ...(broken.length === 0 ? [whole] : broken),
    ...(tight
      ? [
          store.warning(`PostgreSQL lets ${connections.max} connections in, and Gatehouse has ${connections.own}.`, {
            why: `A node may need ${CONNECTIONS_OF_A_NODE}.`,
            next: 'Raise max_connections, or run fewer nodes.',
          }),
        ]
      : []),
  ]
}

/** The pool of one node, its listener, and a command beside it. */
const CONNECTIONS_OF_A_NODE = 12

function examineMasterKeyFile(settings: Settings): readonly Finding[] {
  const file = masterKeyFile(settings)
  if (settings.secret !== undefined || !existsSync(file)) return []
  return [
    ...examineMode(file, '0600'),
    keys.ok(`The master key is in ${file}: keep a copy in another place, no backup opens without it.`),
  ]
}

function examineMode(path: string, wanted: string): readonly Finding[] {
  const others = statSync(path).mode & 0o077
  if (others === 0 || process.platform === 'win32') return []
  return [
    keys.warning(`${path} can be read by other users of this machine.`, { next: `chmod ${wanted.slice(1)} ${path}` }),
  ]
}
