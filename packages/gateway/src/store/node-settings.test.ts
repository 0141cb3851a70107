import { expect, test } from 'vitest'
import { findNodeSetting, keepNodeSetting } from './node-settings.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

test('a setting of the installation is kept by the first that writes it, and all read that one', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  expect(await findNodeSetting(db, 'colour')).toBeUndefined()
  expect(await keepNodeSetting(db, 'colour', 'green')).toBe('green')
  expect(await keepNodeSetting(db, 'colour', 'red')).toBe('green')
  expect(await findNodeSetting(db, 'colour')).toBe('green')
})
