import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { type Client, insertClient } from './clients.ts'
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
    { name: 'bound to a user', client, bound: { uid: 6, login: 'demo' } },
    { name: 'bound to nobody', client: { ...client, user: undefined }, bound: { uid: null, login: null } },
  ])('are kept with every fact that is known of them: $name', async (row) => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, row.client)
    expect(await temporary.store.db.selectFrom('client').selectAll().execute()).toMatchObject([
      {
        client_id: 'cl_1',
        secret_hash: client.secretHash,
        name: 'Shop',
        database: 'demo',
        ...row.bound,
        api: 'default',
        created_at: 1,
        disabled_at: null,
      },
    ])
  })

  test('never share an id', async () => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, client)
    await expect(insertClient(temporary.store.db, client)).rejects.toThrow(/unique/i)
  })
})
