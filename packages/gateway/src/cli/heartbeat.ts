import type { Settings } from '../config/settings.ts'
import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { removeHeartbeat, removeOldHeartbeats, writeHeartbeat } from '../store/node-heartbeats.ts'
import type { Installation } from './open-installation.ts'
import { repeat } from './repeat.ts'

/** How often a gateway says that it runs. Milliseconds. */
const BEAT_EVERY_MS = 30_000

/** What a heartbeat needs. */
export type HeartbeatDeps = Pick<Installation, 'store' | 'master'> & {
  readonly settings: Pick<Settings, 'postgres'>
  readonly clock: Clock
  readonly random: Random
  /** Told of each heartbeat that could not be written; the next one comes all the same. */
  readonly onError: (error: unknown) => void
}

/**
 * Says at once and then now and then that this gateway runs, and with which master key: commands that other gateways
 * must not miss look for it.
 *
 * @returns a function that says that it does not run any more, and stops
 */
export async function keepHeartbeat(deps: HeartbeatDeps): Promise<() => Promise<void>> {
  const { store, master, settings, clock, random, onError } = deps
  // An embedded store has one gateway at a time: the next one takes the place of one that was killed.
  const id = settings.postgres === undefined ? 'embedded' : newId('node', random)
  const beat = () => writeHeartbeat(store.db, id, { masterId: master.keyId, atMs: clock.nowMs() })
  await removeOldHeartbeats(store.db, clock.nowMs())
  await beat()
  const stop = repeat(BEAT_EVERY_MS, beat, onError)
  return async () => {
    await stop()
    await removeHeartbeat(store.db, id).catch(onError)
  }
}
