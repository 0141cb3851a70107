import type { Logger } from 'pino'
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../kernel/clock.ts'
import { deleteAuditEventsUntil } from '../store/audit-events.ts'
import type { Store } from '../store/store.ts'
import type { TokenService } from '../tokens/token-service.ts'
import type { LogOuts } from './log-outs.ts'
import type { Observing } from './observing/open-observing.ts'

/** What a sweep goes through. */
export type SweepDeps = {
  readonly settings: Pick<Settings, 'audit' | 'tokens'>
  readonly store: Store
  readonly tokens: Pick<TokenService, 'sweep' | 'keepKeys'>
  readonly observing: Pick<Observing, 'writeCounted'>
  readonly logOuts: Pick<LogOuts, 'addLeft'>
  readonly log: Logger
  readonly clock: Clock
}

const DAY_MS = 86_400_000

/** How many rows of each kind one sweep removes. */
const ROWS_MAX = 500

/** Removes what has run out, changes signing keys whose time is over, and ends in Odoo what is left to end there. */
export async function sweep({ settings, store, tokens, observing, logOuts, log, clock }: SweepDeps): Promise<void> {
  observing.writeCounted()
  await tokens.sweep(ROWS_MAX)
  await deleteAuditEventsUntil(store.db, clock.nowMs() - settings.audit.retentionDays * DAY_MS, ROWS_MAX)
  const keys = await tokens.keepKeys(settings.tokens.signingKeyMaxAgeDays * DAY_MS)
  if (keys.made !== undefined) log.info({ kid: keys.made }, 'a new signing key took over')
  for (const kid of keys.retired) log.info({ kid }, 'an old signing key was retired')
  await logOuts.addLeft()
}
