import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { findClient, insertClient, listClients, replaceClientSecret, setClientDisabled } from './clients.ts'
import { sampleClient } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('clients', () => {
  const client = sampleClient()

  test.each([
    { name: 'bound to a user', client },
    { name: 'bound to nobody', client: sampleClient({ user: undefined, scopes: [], addresses: ['10.0.0.1'] }) },
    { name: 'of the demo, shut off', client: sampleClient({ forSandbox: true, disabledAtMs: 7 }) },
  ])('are kept with every fact that is known of them: $name', async (row) => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, row.client)
    expect(await findClient(temporary.store.db, row.client.clientId)).toEqual(row.client)
  })

  test('never share an id', async () => {
    await using temporary = await openTemporaryStore()
    await insertClient(temporary.store.db, client)
    await expect(insertClient(temporary.store.db, client)).rejects.toThrow(/unique/i)
  })

  test('keep the secret before the last one, and no other', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertClient(db, client)
    const second = { hash: hashSecret('second'), changedAtMs: 10, previousUntilMs: 20 }
    const third = { hash: hashSecret('third'), changedAtMs: 15, previousUntilMs: 25 }
    expect(await replaceClientSecret(db, client.clientId, second)).toBe(true)
    expect(await replaceClientSecret(db, client.clientId, third)).toBe(true)
    expect(await findClient(db, client.clientId)).toMatchObject({
      secretHash: third.hash,
      previousSecret: { hash: second.hash, untilMs: 25 },
      secretChangedAtMs: 15,
    })
    expect(await replaceClientSecret(db, 'client_unknown', third)).toBe(false)
  })

  test('are shut off and let in again, each once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertClient(db, client)
    const done = []
    for (const disabledAtMs of [5, 6, undefined, undefined])
      done.push(await setClientDisabled(db, client.clientId, disabledAtMs))
    expect(done).toEqual([true, false, true, false])
  })

  test('are listed by database, the newest first', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertClient(db, client)
    await insertClient(db, sampleClient({ clientId: 'client_2', createdAtMs: 2_000 }))
    await insertClient(db, sampleClient({ clientId: 'client_3', createdAtMs: 3_000, database: 'other' }))
    const ids = async (database?: string) =>
      (await listClients(db, database === undefined ? {} : { database }, 10)).map(({ clientId }) => clientId)
    expect(await ids()).toEqual(['client_3', 'client_2', 'client_sample'])
    expect(await ids('demo')).toEqual(['client_2', 'client_sample'])
  })
})
