import { describe, expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { insertOdooSession } from '../store/odoo-sessions.ts'
import { sealPurpose } from '../store/sealed-values.ts'
import { deleteSealingKeysOfOthers } from '../store/sealing-keys.ts'
import { insertSigningKey } from '../store/signing-keys.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { addSealingKey, copyKeysUnder, KEY_DELAY_MS, openKeyRing } from './key-ring.ts'
import { makeSigningKey } from './make-signing-key.ts'
import { checkMasterKey, MasterKeyMismatchError, pinMasterKey } from './master-key-check.ts'
import { resealAll } from './reseal.ts'
import { createSealer, deriveMasterKey } from './sealer.ts'
import { createSeededRandom } from './testing/seeded-random.ts'

const masterOf = (secret: string) =>
  createSealer({ masterKey: deriveMasterKey(secret), random: createSeededRandom(secret) })

async function openDesk() {
  const temporary = await openTemporaryStore()
  const master = masterOf('the first master secret, long enough')
  const options = { store: temporary.store, master, clock: createManualClock(), random: createSeededRandom('ring') }
  await checkMasterKey(temporary.store, master)
  return Object.assign(temporary, { master, options, clock: options.clock })
}

const ignore = () => undefined

describe('the ring', () => {
  test('is the master key alone as long as there is no other', async () => {
    await using desk = await openDesk()
    const ring = await openKeyRing(desk.options)
    expect(ring.keyId).toBe(desk.master.keyId)
    expect(desk.master.open('p', ring.seal('p', 'text'))).toBe('text')
  })

  test('seals with a new key once every node has heard of it, and opens what older ones sealed', async () => {
    await using desk = await openDesk()
    const [here, there] = [await openKeyRing(desk.options), await openKeyRing(desk.options)]
    const before = here.seal('p', 'before')
    const key = await addSealingKey(desk.options)
    await here.reload()
    await there.reload()
    expect(here.keyId).toBe(desk.master.keyId)
    desk.clock.advanceMs(KEY_DELAY_MS)
    expect(here.keyId).toBe(key.id)
    expect(there.open('p', here.seal('p', 'after'))).toBe('after')
    expect(there.open('p', before)).toBe('before')
  })

  test('keeps its keys in the store only under the master key', async () => {
    await using desk = await openDesk()
    await addSealingKey(desk.options)
    const other = { ...desk.options, master: masterOf('another master secret, long enough') }
    const ring = await openKeyRing(other)
    expect(ring.keyId).toBe(other.master.keyId)
  })
})

test('everything that is sealed is sealed anew, and what was changed meanwhile is left alone', async () => {
  await using desk = await openDesk()
  const { store } = desk
  const ring = await openKeyRing(desk.options)
  for (let number = 0; number < 450; number += 1) {
    const id = `os_${number}`
    const sealedSessionId = ring.seal(sealPurpose('odoo_session', id), `session ${number}`)
    await insertOdooSession(store.db, sampleOdooSession({ id, sealedSessionId }))
  }
  await insertOdooSession(store.db, sampleOdooSession({ id: 'os_broken', sealedSessionId: 's1.unknown-key.x.y' }))
  await insertSigningKey(store.db, await makeSigningKey(ring, desk.clock))
  const key = await addSealingKey(desk.options)
  desk.clock.advanceMs(KEY_DELAY_MS)
  await ring.reload()
  const done = await resealAll(store, ring, ignore)
  expect(done).toMatchObject({ odoo_session: { done: 450, unreadable: 1 }, signing_key: { done: 1, unreadable: 0 } })
  const rows = await store.db.selectFrom('odoo_session').select(['id', 'sealed_session_id']).execute()
  for (const { id, sealed_session_id: sealed } of rows) {
    if (id === 'os_broken') continue
    expect(sealed?.split('.')[1]).toBe(key.id)
    expect(ring.open(sealPurpose('odoo_session', id), sealed ?? '')).toBe(`session ${id.slice(3)}`)
  }
  expect((await resealAll(store, ring, ignore)).odoo_session).toEqual({ done: 0, unreadable: 1 })
})

test('the master key is changed: both open the store until the old one is let go', async () => {
  await using desk = await openDesk()
  const { store } = desk
  const ring = await openKeyRing(desk.options)
  await addSealingKey(desk.options)
  desk.clock.advanceMs(KEY_DELAY_MS)
  await ring.reload()
  const sealed = ring.seal('p', 'text')
  const newMaster = masterOf('the second master secret, long enough')
  await expect(checkMasterKey(store, newMaster)).rejects.toThrow(MasterKeyMismatchError)
  await store.transaction((tx) => copyKeysUnder(tx, desk.master, newMaster))
  await checkMasterKey(store, newMaster)
  await checkMasterKey(store, desk.master)
  const after = await openKeyRing({ ...desk.options, master: newMaster })
  expect(after.open('p', sealed)).toBe('text')

  await store.transaction(async (tx) => {
    await deleteSealingKeysOfOthers(tx, newMaster.keyId)
    await pinMasterKey(tx, newMaster)
  })
  await checkMasterKey(store, newMaster)
  await expect(checkMasterKey(store, desk.master)).rejects.toThrow(MasterKeyMismatchError)
  await ring.reload()
  expect(ring.open('p', sealed)).toBe('text')
})
