import type { Clock } from '../../kernel/clock.ts'
import { hashSecret, type SecretHash } from '../../kernel/hash.ts'
import { newSecret } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { sealPurpose } from '../../store/sealed-values.ts'
import type { Store } from '../../store/store.ts'
import { deleteTrustedDevice, findTrustedDevice, insertTrustedDevice } from '../../store/trusted-devices.ts'
import type { Sealer } from '../../tokens/sealer.ts'
import type { FinishedSession } from '../../upstream/odoo-sessions.ts'
import { type Account, normalLogin } from '../throttle/account.ts'

/** A device that was shown at a sign-in: what Odoo knows it by. */
export type ShownDevice = { readonly hash: SecretHash; readonly odooId: string }

/** What a device is given to show at later sign-ins. */
export type DeviceToken = { readonly token: string; readonly maxAgeSeconds: number }

/** Devices that Odoo asks for no code. Odoo decides: a token of ours only stands for what Odoo gave. */
export type Devices = ReturnType<typeof createDevices>

/** What keeping devices needs from outside. */
export type DevicesDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
}

const PREFIX = 'ghd_'

/** Everything is in the store: a device is known on every node. */
export function createDevices({ store, sealer, clock, random }: DevicesDeps) {
  return {
    /** The device of a token, if it was trusted for this account. A token that says nothing is no error. */
    shown: async (token: string | undefined, { database, login }: Account): Promise<ShownDevice | undefined> => {
      if (token === undefined || !token.startsWith(PREFIX)) return undefined
      const hash = hashSecret(token)
      const row = await findTrustedDevice(store.db, { hash, database, nowMs: clock.nowMs() })
      if (row === undefined || normalLogin(row.login) !== normalLogin(login)) return undefined
      return { hash, odooId: sealer.open(sealPurpose('trusted_device', hash), row.sealed) }
    },

    /** Keeps a device that Odoo trusts from now on, if it does; answers what the device is given. */
    trust: async (
      database: string,
      { uid, login, trustedDevice }: FinishedSession,
    ): Promise<DeviceToken | undefined> => {
      if (trustedDevice === undefined) return undefined
      const token = `${PREFIX}${newSecret(random)}`
      const hash = hashSecret(token)
      const sealed = sealer.seal(sealPurpose('trusted_device', hash), trustedDevice.id)
      const createdAtMs = clock.nowMs()
      const { maxAgeSeconds } = trustedDevice
      const expiresAtMs = createdAtMs + maxAgeSeconds * 1000
      await insertTrustedDevice(store.db, { hash, database, uid, login, sealed, createdAtMs, expiresAtMs })
      return { token, maxAgeSeconds }
    },

    /** Forgets a device that Odoo trusts no more. */
    forget: ({ hash }: ShownDevice): Promise<void> => deleteTrustedDevice(store.db, hash),
  }
}
