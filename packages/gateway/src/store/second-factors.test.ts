import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { isKnownAddress, noteKnownAddress } from './known-addresses.ts'
import {
  findMfaChallenge,
  insertMfaChallenge,
  listUnfinishedMfaChallenges,
  takeMfaTry,
  useMfaChallenge,
} from './mfa-challenges.ts'
import type { Store } from './store.ts'
import { sweepExpired } from './sweep.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'
import { deleteTrustedDevice, findTrustedDevice, insertTrustedDevice } from './trusted-devices.ts'

const HASH = hashSecret('mfa_secret')
const LIMITS = { triesMax: 5, nowMs: 2000 }
const DAY_MS = 86_400_000

async function addChallenge(store: Store, hash = HASH): Promise<void> {
  const whose = { database: 'demo', login: 'totp', api: 'default', surface: 'odoo-jwt', sealed: 's1.x' }
  await insertMfaChallenge(store.db, { hash, ...whose, createdAtMs: 1000, expiresAtMs: 3000 })
}

describe('a challenge', () => {
  test('gives away five tries, however many ask at once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await addChallenge(temporary.store)
    const taken = await Promise.all(Array.from({ length: 20 }, () => takeMfaTry(db, HASH, LIMITS)))
    expect(taken.filter((one) => one !== undefined).sort()).toEqual([1, 2, 3, 4, 5])
  })

  test('is used once, and has no tries afterwards', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await addChallenge(temporary.store)
    const used = await Promise.all(Array.from({ length: 8 }, () => useMfaChallenge(db, HASH, 2000)))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect(await takeMfaTry(db, HASH, LIMITS)).toBeUndefined()
    expect(await findMfaChallenge(db, HASH)).toMatchObject({ login: 'totp', surface: 'odoo-jwt' })
  })

  test('has no tries once it has run out', async () => {
    await using temporary = await openTemporaryStore()
    await addChallenge(temporary.store)
    expect(await takeMfaTry(temporary.store.db, HASH, { ...LIMITS, nowMs: 3000 })).toBeUndefined()
  })

  test('that ran out unused is listed until it is used up, and swept a day later', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await addChallenge(temporary.store)
    expect(await listUnfinishedMfaChallenges(db, 2999, 10)).toEqual([])
    expect(await listUnfinishedMfaChallenges(db, 3000, 10)).toMatchObject([{ hash: HASH }])
    await useMfaChallenge(db, HASH, 3000)
    expect(await listUnfinishedMfaChallenges(db, 3000, 10)).toEqual([])
    await sweepExpired(db, 3000 + DAY_MS - 1, 10)
    expect(await findMfaChallenge(db, HASH)).toBeDefined()
    await sweepExpired(db, 3000 + DAY_MS, 10)
    expect(await findMfaChallenge(db, HASH)).toBeUndefined()
  })
})

describe('a trusted device', () => {
  const device = {
    hash: HASH,
    database: 'demo',
    uid: 9,
    login: 'totp',
    sealed: 's1.y',
    createdAtMs: 0,
    expiresAtMs: 5000,
  }

  test('is found in its own database until it expires, is forgotten, or is swept', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertTrustedDevice(db, device)
    expect(await findTrustedDevice(db, { hash: HASH, database: 'demo', nowMs: 4999 })).toEqual(device)
    expect(await findTrustedDevice(db, { hash: HASH, database: 'other', nowMs: 4999 })).toBeUndefined()
    expect(await findTrustedDevice(db, { hash: HASH, database: 'demo', nowMs: 5000 })).toBeUndefined()
    await sweepExpired(db, 4999, 10)
    expect(await findTrustedDevice(db, { hash: HASH, database: 'demo', nowMs: 0 })).toEqual(device)
    await sweepExpired(db, 5000, 10)
    expect(await findTrustedDevice(db, { hash: HASH, database: 'demo', nowMs: 0 })).toBeUndefined()
    await insertTrustedDevice(db, device)
    await deleteTrustedDevice(db, HASH)
    expect(await findTrustedDevice(db, { hash: HASH, database: 'demo', nowMs: 0 })).toBeUndefined()
  })
})

describe('a known address', () => {
  const known = { database: 'demo', login: 'demo', address: '192.0.2.1' }

  test('is known from its last success on, which is written once a day', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await noteKnownAddress(db, known, 1000)
    await noteKnownAddress(db, known, 1000 + DAY_MS)
    expect(await isKnownAddress(db, known, 1001)).toBe(false)
    await noteKnownAddress(db, known, 1001 + DAY_MS)
    expect(await isKnownAddress(db, known, 1001 + DAY_MS)).toBe(true)
    expect(await isKnownAddress(db, { ...known, login: 'admin' }, 0)).toBe(false)
  })

  test('is swept when it is as old as any setting lets it count', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await noteKnownAddress(db, known, 0)
    await sweepExpired(db, 366 * DAY_MS, 10)
    expect(await isKnownAddress(db, known, 0)).toBe(false)
  })
})
