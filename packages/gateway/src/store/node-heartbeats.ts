import { setNodeSetting } from './node-settings.ts'
import type { Handle } from './tables.ts'

/** What a gateway that runs on a store says of itself, now and then. */
export type NodeHeartbeat = {
  /** The id of the master key that it was started with. */
  readonly masterId: string
  readonly atMs: number
}

/** How old a heartbeat may be for its gateway to count as running: three that are due. Milliseconds. */
const FRESH_MS = 90_000

const PREFIX = 'node:'

/** Says that the gateway `id` runs. */
export async function writeHeartbeat(handle: Handle, id: string, heartbeat: NodeHeartbeat): Promise<void> {
  await setNodeSetting(handle, `${PREFIX}${id}`, JSON.stringify(heartbeat))
}

/** Says that it does not run any more. */
export async function removeHeartbeat(handle: Handle, id: string): Promise<void> {
  await handle.deleteFrom('node_setting').where('key', '=', `${PREFIX}${id}`).execute()
}

/** The gateways that run now, or have ended without a word not long ago. */
export async function listRunningNodes(handle: Handle, nowMs: number): Promise<readonly NodeHeartbeat[]> {
  return (await listHeartbeats(handle)).map(({ value }) => value).filter(({ atMs }) => atMs > nowMs - FRESH_MS)
}

/** Removes what gateways that ended without a word have left behind. */
export async function removeOldHeartbeats(handle: Handle, nowMs: number): Promise<void> {
  const old = (await listHeartbeats(handle)).filter(({ value }) => value.atMs <= nowMs - FRESH_MS)
  for (const { key } of old) await handle.deleteFrom('node_setting').where('key', '=', key).execute()
}

/** Removes all of them: those of a backup are of the gateways of that time. */
export async function removeHeartbeats(handle: Handle): Promise<void> {
  await handle.deleteFrom('node_setting').where('key', 'like', `${PREFIX}%`).execute()
}

async function listHeartbeats(handle: Handle) {
  const rows = await handle.selectFrom('node_setting').selectAll().where('key', 'like', `${PREFIX}%`).execute()
  // Written by `writeHeartbeat` alone.
  return rows.map(({ key, value }) => ({ key, value: JSON.parse(value) as NodeHeartbeat }))
}
