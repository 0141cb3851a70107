import type { Kysely } from 'kysely'

/**
 * The tables as SQL holds them, the same on every engine: whole numbers for yes and no (1, 0), milliseconds since 1970
 * for times (columns that end in `_at` or `_until`), text for JSON. Only the repositories beside this file see these
 * shapes; the rest of the gateway sees the records that they answer.
 */
export type Tables = {
  grant: GrantTable
  refresh_token: RefreshTokenTable
  odoo_session: OdooSessionTable
  signing_key: SigningKeyTable
  audit_event: AuditEventTable
  client: ClientTable
  api_key: ApiKeyTable
  node_setting: NodeSettingTable
}

/**
 * Where a repository sends its statements: the store itself or, when the statement belongs to a larger decision, the
 * transaction that holds it.
 */
export type Handle = Kysely<Tables>

/** One sign-in. `ended_at` is set once and never taken back. */
export type GrantTable = {
  id: string
  database: string
  uid: number
  login: string
  api: string
  client_id: string
  surface: string
  scopes: string
  administrator: number
  odoo_session_id: string | null
  device: string | null
  created_at: number
  expires_at: number
  ended_at: number | null
  ended_reason: string | null
}

/** A link of a grant's chain of refresh tokens, by its hash. The token itself is never stored. */
export type RefreshTokenTable = {
  hash: string
  grant_id: string
  issued_at: number
  expires_at: number
  consumed_at: number | null
  successor_hash: string | null
  /** The successor under the master key, until the grace window ends. */
  successor_sealed: string | null
  grace_until: number | null
}

/** A web session in Odoo. `revision` counts the ids that Odoo gave it; `sealed_session_id` is wiped after log-out. */
export type OdooSessionTable = {
  id: string
  database: string
  uid: number
  sealed_session_id: string | null
  revision: number
  opened_at: number
  changed_at: number
  ended_at: number | null
}

/** A key that signs access tokens. `retired_at`: its tokens are refused by every process that starts after it. */
export type SigningKeyTable = {
  kid: string
  algorithm: string
  public_jwk: string
  sealed_private: string
  created_at: number
  retired_at: number | null
}

/** What happened, as metadata: never a token, a password or a record's value. */
export type AuditEventTable = {
  id: string
  at: number
  kind: string
  database: string | null
  uid: number | null
  login: string | null
  grant_id: string | null
  client_id: string | null
  api: string | null
  address: string | null
  request_id: string | null
  detail: string
}

/** A program that may ask for tokens. `uid` and `login`: the Odoo user it is bound to, if it is. */
export type ClientTable = {
  client_id: string
  secret_hash: string
  name: string
  database: string
  uid: number | null
  login: string | null
  api: string
  created_at: number
  disabled_at: number | null
}

/** A key for programs. `prefix` is what people see of it. */
export type ApiKeyTable = {
  id: string
  prefix: string
  hash: string
  name: string
  database: string
  login: string
  api: string
  scopes: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
}

/** A fact about this installation, such as the check value of its master key. */
export type NodeSettingTable = {
  key: string
  value: string
}
