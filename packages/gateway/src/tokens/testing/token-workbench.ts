import { createManualClock, type ManualClock } from '../../kernel/testing/manual-clock.ts'
import type { Store, StoreOptions } from '../../store/store.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import type { TokenEvent } from '../events.ts'
import { DEFAULT_TOKEN_LIFETIMES, type TokenLifetimes } from '../lifetimes.ts'
import { createSealer, deriveMasterKey, type Sealer } from '../sealer.ts'
import type { NewGrant } from '../start-grant.ts'
import { createTokenService, type TokenService } from '../token-service.ts'
import { createSeededRandom } from './seeded-random.ts'

/** For tests: a token service over a real store, with a clock that the test moves and its events written down. */
export type TokenWorkbench = AsyncDisposable & {
  readonly tokens: TokenService
  readonly store: Store
  /** Where the store is, for another process. */
  readonly at: StoreOptions['at']
  readonly sealer: Sealer
  readonly clock: ManualClock
  readonly events: readonly TokenEvent[]
  /** Another node over the same store: nothing in memory is shared. */
  openNode(): Promise<TokenService>
}

/** The issuer of every test. */
export const TEST_ISSUER = 'https://gate.example'

/** The master secret of every test. */
export const TEST_SECRET = 'a master secret for tests, long enough'

/** Opens a workbench; `lifetimes` override the default ones. */
export async function openTokenWorkbench(lifetimes: Partial<TokenLifetimes> = {}): Promise<TokenWorkbench> {
  const temporary = await openTemporaryStore()
  const { store, at } = temporary
  const random = createSeededRandom('tokens')
  const clock = createManualClock()
  const events: TokenEvent[] = []
  const sealer = createSealer({ masterKey: deriveMasterKey(TEST_SECRET), random })
  const openNode = () =>
    createTokenService({
      store,
      sealer,
      clock,
      random,
      issuer: TEST_ISSUER,
      lifetimes: { ...DEFAULT_TOKEN_LIFETIMES, ...lifetimes },
      onEvent: (event) => events.push(event),
    })
  const tokens = await openNode()
  return {
    tokens,
    store,
    at,
    sealer,
    clock,
    events,
    openNode,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  }
}

/** What a sign-in of Odoo's `demo` through odoo-jwt asks for; `overrides` change it. */
export function demoSignIn(overrides: Partial<NewGrant> = {}): NewGrant {
  return {
    database: 'demo',
    uid: 6,
    login: 'demo',
    api: 'default',
    clientId: 'odoo-jwt',
    surface: 'odoo-jwt',
    scopes: ['*:read', 'res.partner:update'],
    administrator: false,
    device: 'curl/8.0',
    ...overrides,
  }
}
