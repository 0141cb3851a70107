import type { Handle } from './tables.ts'

/** The value that this installation keeps under `key`. */
export async function findNodeSetting(handle: Handle, key: string): Promise<string | undefined> {
  const row = await handle.selectFrom('node_setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value
}

/** Keeps a value unless there is one already, and answers the one that is kept: the first of two nodes decides. */
export async function keepNodeSetting(handle: Handle, key: string, value: string): Promise<string> {
  // Insert and let an earlier row stand: on every engine both nodes then read the same value.
  await handle
    .insertInto('node_setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const row = await handle.selectFrom('node_setting').select('value').where('key', '=', key).executeTakeFirstOrThrow()
  return row.value
}

/** Keeps a value in the place of whatever was there. */
export async function setNodeSetting(handle: Handle, key: string, value: string): Promise<void> {
  await handle
    .insertInto('node_setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Forgets a value; one that is not there is fine. */
export async function deleteNodeSetting(handle: Handle, key: string): Promise<void> {
  await handle.deleteFrom('node_setting').where('key', '=', key).execute()
}
