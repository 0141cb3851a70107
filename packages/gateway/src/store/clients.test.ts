import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { type Client, disableClient, findClient, insertClient } from './clients.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('clients', () => {
  const client: Client = {
    clientId: 'cl_1',
    secretHash: hashSecret('client secret'),
    name: 'Shop',
    database: 'demo',
    user: { uid: 6, login: 'demo' },
    api: 'default',
    createdAtMs: 1,
    disabledAtMs: undefined,
  }

  test.each([
    { name: 'bound to a user', client },
    { name: 'bound to nobody', client: { ...client, user: undefined } },
  ])('come back as they were: $name', async (row) => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, row.client)
    expect(await findClient(temporary.store.db, 'cl_1')).toEqual(row.client)
    expect(await findClient(temporary.store.db, 'cl_2')).toBeUndefined()
  })

  test('are shut off once', async () => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, client)
    expect(await disableClient(temporary.store.db, 'cl_1', 5)).toBe(true)
    expect(await disableClient(temporary.store.db, 'cl_1', 6)).toBe(false)
    expect((await findClient(temporary.store.db, 'cl_1'))?.disabledAtMs).toBe(5)
  })
})
