import { hashSecret } from '../../kernel/hash.ts'
import type { Grant } from '../grants.ts'
import type { OpenedOdooSession } from '../odoo-sessions.ts'
import type { UnusedRefreshToken } from '../refresh-tokens.ts'

/** For tests: a live grant of Odoo's `demo`, made at 1 000 ms and good until 1 000 000 ms; `overrides` change it. */
export function sampleGrant(overrides: Partial<Grant> = {}): Grant {
  return {
    id: 'gr_sample',
    database: 'demo',
    uid: 6,
    login: 'demo',
    api: 'default',
    clientId: 'odoo-jwt',
    surface: 'odoo-jwt',
    scopes: ['*:read', 'res.partner:update'],
    administrator: false,
    odooSessionId: undefined,
    device: 'Mozilla/5.0',
    createdAtMs: 1_000,
    expiresAtMs: 1_000_000,
    endedAtMs: undefined,
    endedReason: undefined,
    ...overrides,
  }
}

/** For tests: an unused refresh token of the sample grant, good until 100 000 ms. */
export function sampleRefreshToken(overrides: Partial<UnusedRefreshToken> = {}): UnusedRefreshToken {
  return {
    hash: hashSecret('sample'),
    grantId: 'gr_sample',
    issuedAtMs: 1_000,
    expiresAtMs: 100_000,
    ...overrides,
  }
}

/** For tests: a session of Odoo's `demo`, opened at 500 ms. */
export function sampleOdooSession(overrides: Partial<OpenedOdooSession> = {}): OpenedOdooSession {
  return { id: 'os_sample', database: 'demo', uid: 6, sealedSessionId: 'sealed-1', openedAtMs: 500, ...overrides }
}
