import { hashSecret } from '../../kernel/hash.ts'
import type { ApiKey } from '../api-keys.ts'
import type { Client } from '../clients.ts'
import type { Grant } from '../grants.ts'
import type { OdooCredential } from '../odoo-credentials.ts'
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
    odooCredentialId: undefined,
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

/** For tests: a credential of Odoo's `demo`, taken at 500 ms. */
export function sampleOdooCredential(overrides: Partial<OdooCredential> = {}): OdooCredential {
  return {
    id: 'oc_sample',
    database: 'demo',
    uid: 6,
    login: 'demo',
    kind: 'password',
    sealedSecret: 'sealed-secret',
    odooSessionId: undefined,
    createdAtMs: 500,
    checkedAtMs: 500,
    failedAtMs: undefined,
    ...overrides,
  }
}

/** For tests: a key of Odoo's `demo` for everything, made at 1 000 ms, that does not end. */
export function sampleApiKey(overrides: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'key_sample',
    prefix: 'ghk_abcdefgh',
    hash: hashSecret('ghk_abcdefgh_sample'),
    name: 'Import',
    database: 'demo',
    uid: 6,
    login: 'demo',
    api: 'default',
    scopes: ['res.partner:read'],
    addresses: [],
    odooCredentialId: 'oc_sample',
    grantId: 'gr_sample',
    createdAtMs: 1_000,
    expiresAtMs: undefined,
    revokedAtMs: undefined,
    lastUsedAtMs: undefined,
    lastUsedAddress: undefined,
    forSandbox: false,
    ...overrides,
  }
}

/** For tests: a client that acts as Odoo's `demo`, made at 1 000 ms. */
export function sampleClient(overrides: Partial<Client> = {}): Client {
  return {
    clientId: 'client_sample',
    secretHash: hashSecret('client secret'),
    previousSecret: undefined,
    secretChangedAtMs: undefined,
    name: 'Shop',
    database: 'demo',
    user: { uid: 6, login: 'demo', odooCredentialId: 'oc_sample' },
    api: 'default',
    scopes: ['*:read'],
    addresses: [],
    createdAtMs: 1_000,
    disabledAtMs: undefined,
    lastUsedAtMs: undefined,
    forSandbox: false,
    ...overrides,
  }
}
