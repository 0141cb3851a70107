import type { Handle } from './tables.ts'

/** Somebody who signs in, and where from. */
export type KnownAddress = {
  readonly database: string
  /** One spelling for all that Odoo takes for the same login. */
  readonly login: string
  /** The address or its network. */
  readonly address: string
}

/** A success is written anew when the one before is so old: sign-ins from one place cost one write a day. Milliseconds. */
const RENEW_AFTER_MS = 86_400_000

/** Notes that somebody signed in from an address. */
export async function noteKnownAddress(handle: Handle, known: KnownAddress, nowMs: number): Promise<void> {
  await handle
    .insertInto('known_address')
    .values({ ...known, succeeded_at: nowMs })
    .onConflict((conflict) =>
      conflict
        .columns(['database', 'login', 'address'])
        .doUpdateSet({ succeeded_at: nowMs })
        .where('known_address.succeeded_at', '<', nowMs - RENEW_AFTER_MS),
    )
    .execute()
}

/** Whether somebody signed in from an address since `sinceMs`. By primary key. */
export async function isKnownAddress(
  handle: Handle,
  { database, login, address }: KnownAddress,
  sinceMs: number,
): Promise<boolean> {
  const row = await handle
    .selectFrom('known_address')
    .select('succeeded_at')
    .where('database', '=', database)
    .where('login', '=', login)
    .where('address', '=', address)
    .where('succeeded_at', '>=', sinceMs)
    .executeTakeFirst()
  return row !== undefined
}
