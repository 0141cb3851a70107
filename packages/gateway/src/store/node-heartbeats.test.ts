import { expect, test } from 'vitest'
import {
  listRunningNodes,
  removeHeartbeat,
  removeHeartbeats,
  removeOldHeartbeats,
  writeHeartbeat,
} from './node-heartbeats.ts'
import { findNodeSetting, keepNodeSetting } from './node-settings.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

test('a gateway counts as running until it says otherwise, or has said nothing for 90 seconds', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await keepNodeSetting(db, 'nodes', 'no heartbeat')
  await writeHeartbeat(db, 'a', { masterId: 'old', atMs: 1_000 })
  await writeHeartbeat(db, 'a', { masterId: 'old', atMs: 30_000 })
  await writeHeartbeat(db, 'b', { masterId: 'new', atMs: 60_000 })
  const running = async (nowMs: number) => (await listRunningNodes(db, nowMs)).map(({ masterId }) => masterId).sort()
  expect(await running(119_999)).toEqual(['new', 'old'])
  expect(await running(120_000)).toEqual(['new'])
  await removeOldHeartbeats(db, 120_000)
  expect(await running(60_000)).toEqual(['new'])
  await removeHeartbeat(db, 'b')
  expect(await running(60_000)).toEqual([])
  await writeHeartbeat(db, 'c', { masterId: 'new', atMs: 60_000 })
  await removeHeartbeats(db)
  expect(await running(60_000)).toEqual([])
  expect(await findNodeSetting(db, 'nodes')).toBe('no heartbeat')
})
