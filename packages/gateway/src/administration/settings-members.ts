import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import { GatehouseError } from '../kernel/error.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import { fromOdooError } from '../upstream/odoo-errors.ts'
import type { PrincipalUpstream } from '../upstream/upstream.ts'
import { administrationErrors } from './errors.ts'

/** Says whether somebody is a member of Odoo's Settings group now; `now` is a minute old at most. */
export type SettingsMembers = { isMember(principal: UserPrincipal): Promise<boolean> }

/** What asking takes: Odoo as the caller sees it, in the session of their own sign-in. */
export type SettingsMembersDeps = {
  readonly upstream: { as(principal: UserPrincipal): Pick<PrincipalUpstream, 'call' | 'capabilities'> }
  readonly clock: Clock
}

/** How long an answer of Odoo is believed. Milliseconds. CONTRACT §7. */
const BELIEVED_MS = 60_000

/** Sign-ins that are remembered. */
const ENTRIES_MAX = 1_000

const RETRY_AFTER_SECONDS = 5

type Entry = { readonly isMember: Promise<boolean>; readonly untilMs: number }

/** Asks Odoo once a minute for each sign-in; a failure is not remembered. */
export function createSettingsMembers({ upstream, clock }: SettingsMembersDeps): SettingsMembers {
  const entries = new LRUCache<string, Entry>({ max: ENTRIES_MAX })
  return {
    isMember: (principal) => {
      const { grantId } = principal
      // The minute counts from before the question: what changes while Odoo answers is noticed in time as well.
      const nowMs = clock.nowMs()
      const known = entries.get(grantId)
      if (known !== undefined && nowMs < known.untilMs) return known.isMember
      const entry: Entry = { isMember: ask(upstream.as(principal), principal.uid), untilMs: nowMs + BELIEVED_MS }
      entries.set(grantId, entry)
      entry.isMember.catch(() => {
        if (entries.peek(grantId) === entry) entries.delete(grantId)
      })
      return entry.isMember
    },
  }
}

/** `has_group` is called on the user from Odoo 18 on, and on the model before (odoo 17.0 res_users.py: has_group). */
async function ask(odoo: Pick<PrincipalUpstream, 'call' | 'capabilities'>, uid: number): Promise<boolean> {
  try {
    const { hasGroupNeedsRecord } = await odoo.capabilities()
    const args = hasGroupNeedsRecord ? [[uid], 'base.group_system'] : ['base.group_system']
    return (await odoo.call('res.users', 'has_group', args, {})) === true
  } catch (thrown) {
    const error = fromOdooError(thrown)
    if (!(error instanceof GatehouseError) || !AWAY.has(error.category)) throw error
    const data = { retryAfterSeconds: error.data.retryAfterSeconds ?? RETRY_AFTER_SECONDS }
    throw administrationErrors['admin.odoo_away']({ data, cause: error })
  }
}

const AWAY: ReadonlySet<string> = new Set(['upstream', 'unavailable'])
