import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import type { Store } from '../store/store.ts'
import type { TokenEventSink } from './events.ts'
import type { GrantLiveness } from './grant-liveness.ts'
import type { TokenLifetimes } from './lifetimes.ts'
import type { Sealer } from './sealer.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What the parts of the token service share. */
export type TokenContext = {
  readonly store: Store
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  /** The public origin of this gateway, without a slash at its end. */
  readonly issuer: string
  readonly lifetimes: TokenLifetimes
  readonly keys: SigningKeys
  readonly liveness: GrantLiveness
  readonly emit: TokenEventSink
}
