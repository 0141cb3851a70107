import { LRUCache } from 'lru-cache'
import type { Clock } from '../../kernel/clock.ts'
import { hashSecret, type SecretHash } from '../../kernel/hash.ts'
import { compileNetworks, type Networks } from '../../kernel/networks.ts'
import type { UserPrincipal } from '../../kernel/principal.ts'
import { type ApiKey, findApiKeyByHash, noteApiKeyUse } from '../../store/api-keys.ts'
import type { Store } from '../../store/store.ts'
import { apiKeyErrors } from './errors.ts'

/** From where a key was sent. */
export type KeySender = {
  readonly address: string
  readonly requestId: string
  /** The address, where it is certain: a list of addresses lets no other in. */
  readonly certainAddress: string | undefined
}

/** Says who calls with an API key. */
export type ApiKeyVerifier = {
  /** @throws api_key.invalid, api_key.address_refused */
  verify(key: string, sender: KeySender): Promise<UserPrincipal>
  /** Keys were changed: they are read again. */
  forget(): void
}

/** What checking keys needs from outside. */
export type ApiKeyVerifierDeps = {
  readonly store: Store
  readonly clock: Clock
  /** Whoever the grant of a key is for, while it lives; asked at every call, and so answered from memory. */
  readonly findLiveGrant: (grantId: string) => Promise<UserPrincipal | undefined>
  /** Whether the sandbox is behind this gateway: keys of the demo are good there alone. */
  readonly onSandbox: boolean
  /** Counts a key that nobody knows; throws where there were too many from that address. */
  readonly onUnknown: (sender: KeySender) => Promise<void>
  /** Runs something after the answer. */
  readonly later: (task: () => Promise<void>) => void
  /** How long a key is believed without asking the store. Default 2 000; revocation must be felt within 5 000. */
  readonly staleAfterMs?: number
  /** Keys remembered at most. Default 10 000, some 5 MB. */
  readonly entriesMax?: number
}

/** How often the use of a key is written down. Milliseconds. */
const NOTE_EVERY_MS = 60_000

type Entry = {
  readonly key: ApiKey
  readonly networks: Networks | undefined
  readonly readAtMs: number
  /** When its use was last written down, as far as this node knows. */
  notedAtMs: number
  /** The address that was last found in the list: most keys are used from one. */
  knownAddress: string | undefined
}

/**
 * Checks API keys and remembers them by their hash for a short while. Their end, the address and whether the grant lives
 * are looked at in every call. The store is asked once for any number of calls that wait for the same key.
 */
export function createApiKeyVerifier(deps: ApiKeyVerifierDeps): ApiKeyVerifier {
  const { store, clock, findLiveGrant, onSandbox, onUnknown, later, staleAfterMs = 2_000, entriesMax = 10_000 } = deps
  const entries = new LRUCache<SecretHash, Entry>({ max: entriesMax })
  const reading = new Map<SecretHash, Promise<Entry | undefined>>()

  async function read(hash: SecretHash): Promise<Entry | undefined> {
    // The age counts from before the read: what is changed meanwhile is noticed in time as well.
    const readAtMs = clock.nowMs()
    const key = await findApiKeyByHash(store.db, hash)
    if (key === undefined) return undefined
    const networks = key.addresses.length === 0 ? undefined : compileNetworks(key.addresses)
    const notedAtMs = Math.max(key.lastUsedAtMs ?? 0, entries.get(hash)?.notedAtMs ?? 0)
    const entry: Entry = { key, networks, readAtMs, notedAtMs, knownAddress: undefined }
    entries.set(hash, entry)
    return entry
  }

  function readOnce(hash: SecretHash): Promise<Entry | undefined> {
    const running = reading.get(hash)
    if (running !== undefined) return running
    const started = read(hash).finally(() => reading.delete(hash))
    reading.set(hash, started)
    return started
  }

  function noteUse(entry: Entry, address: string): void {
    const atMs = clock.nowMs()
    if (atMs - entry.notedAtMs < NOTE_EVERY_MS) return
    entry.notedAtMs = atMs
    later(() => noteApiKeyUse(store.db, entry.key.id, { atMs, address }))
  }

  return {
    async verify(text, sender) {
      const hash = hashSecret(text)
      const known = entries.get(hash)
      const isFresh = known !== undefined && isWithin(clock.nowMs() - known.readAtMs, staleAfterMs)
      const entry = isFresh ? known : await readOnce(hash)
      if (entry === undefined) {
        await onUnknown(sender)
        throw invalid('unknown')
      }
      const { key, networks } = entry
      if (key.revokedAtMs !== undefined) throw invalid('revoked')
      if (key.expiresAtMs !== undefined && clock.nowMs() >= key.expiresAtMs) throw invalid('expired')
      if (key.forSandbox && !onSandbox) throw invalid('of the demo')
      const principal = await findLiveGrant(key.grantId)
      if (principal === undefined) throw invalid('its grant is over')
      if (networks !== undefined && !isLetIn(entry, networks, sender)) throw apiKeyErrors['api_key.address_refused']()
      noteUse(entry, sender.address)
      return principal
    },
    forget: () => entries.clear(),
  }
}

/** A clock that was put back makes an entry look younger than it is. */
function isWithin(ageMs: number, staleAfterMs: number): boolean {
  return ageMs >= 0 && ageMs < staleAfterMs
}

function isLetIn(entry: Entry, networks: Networks, { certainAddress }: KeySender): boolean {
  if (certainAddress === undefined) return false
  if (certainAddress === entry.knownAddress) return true
  if (!networks.has(certainAddress)) return false
  entry.knownAddress = certainAddress
  return true
}

function invalid(internal: string): Error {
  return apiKeyErrors['api_key.invalid']({ internal: `API key: ${internal}` })
}
