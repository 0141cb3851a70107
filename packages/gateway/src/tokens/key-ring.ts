import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import { insertSealingKey, listSealingKeys, type SealingKey } from '../store/sealing-keys.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import { tokenErrors } from './errors.ts'
import { createSealer, type Sealer } from './sealer.ts'

/**
 * How long a new key waits before it seals. Every node has heard of it by then (5 s at most), so that none meets a value
 * that it cannot open. Milliseconds.
 */
export const KEY_DELAY_MS = 10_000

/** All keys that seal: the master key itself at first, and keys of the store once there are any. */
export type KeyRing = Sealer & {
  /** Reads the keys of the store anew: another node or a command has added one. */
  reload(): Promise<void>
}

/** What a ring is made of. */
export type KeyRingOptions = {
  readonly store: Store
  readonly master: Sealer
  readonly clock: Clock
  readonly random: Random
}

/** Opens the ring. Seals with the newest key that is active; opens what any of its keys has sealed. */
export async function openKeyRing({ store, master, clock, random }: KeyRingOptions): Promise<KeyRing> {
  let keys: readonly RingKey[] = []

  async function reload(): Promise<void> {
    const read = await readRing(store.db, master, random)
    // None under this master key any more: it was changed, and this node goes on with what it knows until it restarts.
    if (read.length > 0) keys = read
  }
  /** The newest comes first. */
  const sealing = (): Sealer => keys.find(({ activeAtMs }) => activeAtMs <= clock.nowMs())?.sealer ?? master
  await reload()
  return {
    get keyId() {
      return sealing().keyId
    },
    seal: (purpose, text) => sealing().seal(purpose, text),
    open: (purpose, sealed) => {
      const keyId = sealed.split('.')[1]
      const key = keys.find(({ sealer }) => sealer.keyId === keyId)
      return (key?.sealer ?? master).open(purpose, sealed)
    },
    reload,
  }
}

/**
 * Adds a key that seals in `KEY_DELAY_MS`. What was sealed before stays as it is until `resealAll`. Answers its id and
 * when it becomes active.
 */
export async function addSealingKey({ store, master, clock, random }: KeyRingOptions): Promise<SealingKey> {
  const secret = random.bytes(32)
  const id = createSealer({ masterKey: secret, random }).keyId
  const key: SealingKey = {
    id,
    masterId: master.keyId,
    sealedKey: master.seal(keyPurpose(id), Buffer.from(secret).toString('base64url')),
    createdAtMs: clock.nowMs(),
    activeAtMs: clock.nowMs() + KEY_DELAY_MS,
  }
  await store.transaction((tx) => insertSealingKey(tx, key))
  return key
}

/**
 * Seals every key under another master key as well, so that nodes start with either. The master key must not seal
 * anything else any more.
 */
export async function copyKeysUnder(tx: Handle, master: Sealer, newMaster: Sealer): Promise<number> {
  const own = (await listSealingKeys(tx)).filter(({ masterId }) => masterId === master.keyId)
  for (const key of own) {
    const secret = master.open(keyPurpose(key.id), key.sealedKey)
    const sealedKey = newMaster.seal(keyPurpose(key.id), secret)
    await insertSealingKey(tx, { ...key, masterId: newMaster.keyId, sealedKey })
  }
  return own.length
}

/** True when keys of the store open with this master key. */
export async function opensKeysOf(handle: Handle, master: Sealer): Promise<boolean> {
  return (await listSealingKeys(handle)).some(({ masterId }) => masterId === master.keyId)
}

type RingKey = { readonly sealer: Sealer; readonly activeAtMs: number }

async function readRing(handle: Handle, master: Sealer, random: Random): Promise<readonly RingKey[]> {
  const own = (await listSealingKeys(handle)).filter(({ masterId }) => masterId === master.keyId)
  return own.map(({ id, sealedKey, activeAtMs }) => {
    const secret = new Uint8Array(Buffer.from(master.open(keyPurpose(id), sealedKey), 'base64url'))
    const sealer = createSealer({ masterKey: secret, random })
    if (sealer.keyId !== id) throw tokenErrors['sealed.unreadable']({ internal: `sealing key ${id} is another` })
    return { sealer, activeAtMs }
  })
}

function keyPurpose(id: string): string {
  return `sealing_key.sealed_key:${id}`
}
