import type { Clock } from '../../kernel/clock.ts'
import { GatehouseError } from '../../kernel/error.ts'
import { hashSecret, type SecretHash } from '../../kernel/hash.ts'
import { newSecret } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import {
  findMfaChallenge,
  insertMfaChallenge,
  listUnfinishedMfaChallenges,
  type MfaChallenge,
  takeMfaTry,
  useMfaChallenge,
} from '../../store/mfa-challenges.ts'
import { sealPurpose } from '../../store/sealed-values.ts'
import type { Store } from '../../store/store.ts'
import type { Sealer } from '../../tokens/sealer.ts'
import type { AwaitedSecondFactor } from '../../upstream/odoo-sessions.ts'

/** A sign-in that awaits a code. */
export type Challenge = {
  readonly database: string
  /** As it was typed. */
  readonly login: string
  /** The name of the API. */
  readonly api: string
  readonly surface: string
  readonly clientId: string
  /** It was begun by a browser, from whose scripts tokens are kept. */
  readonly browser: boolean
  readonly half: AwaitedSecondFactor['half']
}

/** A challenge that is in the store. */
export type KnownChallenge = Challenge & { readonly hash: SecretHash }

/** How often a code may be tried. */
const TRIES_MAX = 5

/** How long a code is awaited. Milliseconds. */
const LIFE_MS = 300_000

/** How the token begins, for people who find one in a log of theirs. */
const PREFIX = 'mfa_'

/** The sign-ins that await a code: each token of 256 random bits is good for five tries in five minutes, and once. */
export type Challenges = ReturnType<typeof createChallenges>

/** What keeping challenges needs from outside. */
export type ChallengesDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
}

/** What is sealed of a challenge: with a code, it signs in. */
type Sealed = Pick<Challenge, 'clientId' | 'browser' | 'half'>

/** Everything is in the store, so that any node may finish what another began. */
export function createChallenges({ store, sealer, clock, random }: ChallengesDeps) {
  function read(row: MfaChallenge): KnownChallenge {
    const { hash, database, login, api, surface, sealed } = row
    // Sealed by `add`, and by nobody else.
    const { clientId, browser, half } = JSON.parse(sealer.open(sealPurpose('mfa_challenge', hash), sealed)) as Sealed
    return { hash, database, login, api, surface, clientId, browser, half }
  }

  function readable(row: MfaChallenge): KnownChallenge | undefined {
    try {
      return read(row)
    } catch (error) {
      if (error instanceof GatehouseError && error.code === 'sealed.unreadable') return undefined
      throw error
    }
  }

  return {
    /** Keeps a challenge; answers the token by which it is finished. */
    add: async (challenge: Challenge): Promise<string> => {
      const { database, login, api, surface, clientId, browser, half } = challenge
      const token = `${PREFIX}${newSecret(random)}`
      const hash = hashSecret(token)
      const createdAtMs = clock.nowMs()
      const sealed = sealer.seal(
        sealPurpose('mfa_challenge', hash),
        JSON.stringify({ clientId, browser, half } satisfies Sealed),
      )
      const row = { hash, database, login, api, surface, sealed, createdAtMs, expiresAtMs: createdAtMs + LIFE_MS }
      await insertMfaChallenge(store.db, row)
      return token
    },

    /** The challenge of a token, for a while also when it is used or over. */
    find: async (token: string): Promise<KnownChallenge | undefined> => {
      const row = await findMfaChallenge(store.db, hashSecret(token))
      return row === undefined ? undefined : read(row)
    },

    /** Takes a try. False when there is none: it was used, has run out, or was tried too often. */
    takeTry: async ({ hash }: KnownChallenge): Promise<boolean> => {
      const taken = await takeMfaTry(store.db, hash, { triesMax: TRIES_MAX, nowMs: clock.nowMs() })
      return taken !== undefined
    },

    /** Uses it up. True for the one who did. */
    use: ({ hash }: KnownChallenge): Promise<boolean> => useMfaChallenge(store.db, hash, clock.nowMs()),

    /**
     * At most `limit` that ran out and that nobody finished. One that cannot be opened any more (its key is gone) is used
     * up on the way: it must not keep the others waiting.
     */
    unfinished: async (limit: number): Promise<readonly KnownChallenge[]> => {
      const known: KnownChallenge[] = []
      for (const row of await listUnfinishedMfaChallenges(store.db, clock.nowMs(), limit)) {
        const challenge = readable(row)
        if (challenge !== undefined) known.push(challenge)
        else await useMfaChallenge(store.db, row.hash, clock.nowMs())
      }
      return known
    },
  }
}
