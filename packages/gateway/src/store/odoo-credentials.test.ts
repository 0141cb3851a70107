import { describe, expect, test } from 'vitest'
import {
  deleteOdooCredential,
  failOdooCredential,
  findOdooCredential,
  insertOdooCredential,
  replaceCredentialSession,
} from './odoo-credentials.ts'
import { endOrphanedOdooSessions, findOdooSession, insertOdooSession } from './odoo-sessions.ts'
import { sampleOdooCredential, sampleOdooSession } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('credentials of the vault', () => {
  test.each([
    sampleOdooCredential(),
    sampleOdooCredential({ kind: 'odoo_api_key', failedAtMs: 9 }),
    sampleOdooCredential({ kind: 'none', sealedSecret: undefined }),
  ])('are kept with every fact that is known of them: $kind', async (credential) => {
    await using temporary = await openTemporaryStore()
    await insertOdooCredential(temporary.store.db, credential)
    expect(await findOdooCredential(temporary.store.db, credential.id)).toEqual(credential)
    await deleteOdooCredential(temporary.store.db, credential.id)
    expect(await findOdooCredential(temporary.store.db, credential.id)).toBeUndefined()
  })

  test('take one of two sessions that were opened in the place of the same one', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    for (const id of ['os_1', 'os_2', 'os_3']) await insertOdooSession(db, sampleOdooSession({ id }))
    await insertOdooCredential(db, sampleOdooCredential())
    const replace = (before: string | undefined, after: string) =>
      replaceCredentialSession(db, { id: 'oc_sample', before, after })
    expect([await replace(undefined, 'os_1'), await replace(undefined, 'os_2')]).toEqual([true, false])
    expect([await replace('os_1', 'os_3'), await replace('os_1', 'os_2')]).toEqual([true, false])
    expect((await findOdooCredential(db, 'oc_sample'))?.odooSessionId).toBe('os_3')
  })

  test('keep their session from counting as one that nobody needs', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    for (const id of ['os_kept', 'os_orphan']) await insertOdooSession(db, sampleOdooSession({ id }))
    await insertOdooCredential(db, sampleOdooCredential({ odooSessionId: 'os_kept' }))
    expect(await endOrphanedOdooSessions(db, 1_000, 10)).toBe(1)
    expect((await findOdooSession(db, 'os_kept'))?.endedAtMs).toBeUndefined()
  })

  test('fail once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertOdooCredential(db, sampleOdooCredential())
    expect([await failOdooCredential(db, 'oc_sample', 5), await failOdooCredential(db, 'oc_sample', 6)]).toEqual([
      true,
      false,
    ])
    expect((await findOdooCredential(db, 'oc_sample'))?.failedAtMs).toBe(5)
  })
})
