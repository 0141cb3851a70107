import type { Generated, Kysely } from 'kysely'

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
  topic_revision: TopicRevisionTable
  sealing_key: SealingKeyTable
  api: ApiTable
  odoo_credential: OdooCredentialTable
  mfa_challenge: MfaChallengeTable
  trusted_device: TrustedDeviceTable
  known_address: KnownAddressTable
  owner: OwnerTable
  owner_token: OwnerTokenTable
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
  /** What opens Odoo again for a grant that has no session of its own, if anything does. */
  odoo_credential_id: Generated<string | null>
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

/** A key that signs access tokens. `retired_at`: its tokens are refused. With `database` and `api`: of that API alone. */
export type SigningKeyTable = {
  kid: string
  algorithm: string
  public_jwk: string
  sealed_private: string
  created_at: number
  retired_at: number | null
  database: Generated<string | null>
  api: Generated<string | null>
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
  odoo_credential_id: Generated<string | null>
  addresses: Generated<string>
  last_used_at: Generated<number | null>
  /** Part of the demo: good on the sandbox alone. */
  for_sandbox: Generated<number>
  scopes: Generated<string>
  /** The secret before the last change, good until `previous_secret_until`. */
  previous_secret_hash: Generated<string | null>
  previous_secret_until: Generated<number | null>
  secret_changed_at: Generated<number | null>
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
  odoo_credential_id: Generated<string | null>
  /** Networks that it may be used from, a JSON list; empty for everywhere. */
  addresses: Generated<string>
  last_used_at: Generated<number | null>
  /** Part of the demo: good on the sandbox alone. */
  for_sandbox: Generated<number>
  last_used_address: Generated<string | null>
  uid: Generated<number | null>
  /** The grant that calls with this key belong to: one as long as the key lives. */
  grant_id: Generated<string | null>
}

/** A fact about this installation, such as the check value of its master key. */
export type NodeSettingTable = {
  key: string
  value: string
}

/** How often a topic changed: nodes that remember something look whether it still holds. */
export type TopicRevisionTable = {
  topic: string
  revision: number
}

/** A key that seals from `active_at` on, sealed under the master key `master_id`. */
export type SealingKeyTable = {
  id: string
  master_id: string
  sealed_key: string
  created_at: number
  active_at: number
}

/** An API that was set by command or by the admin API; `document` is its `ApiInput` as JSON. */
export type ApiTable = {
  database: string
  name: string
  document: string
  revision: number
  updated_at: number
  updated_by: string
}

/** How a key or a client acts as an Odoo user. `failed_at`: Odoo refused it, so that it is not tried again and again. */
export type OdooCredentialTable = {
  id: string
  database: string
  uid: number
  login: string
  kind: string
  sealed_secret: string | null
  odoo_session_id: string | null
  created_at: number
  checked_at: number
  failed_at: number | null
}

/** A sign-in whose password was right and whose second factor is awaited. `sealed` holds Odoo's half-open session. */
export type MfaChallengeTable = {
  hash: string
  database: string
  login: string
  api: string
  surface: string
  sealed: string
  tries: number
  created_at: number
  expires_at: number
  used_at: number | null
}

/** A device that Odoo asks for no second factor. `sealed` holds what Odoo knows it by. */
export type TrustedDeviceTable = {
  hash: string
  database: string
  uid: number
  login: string
  sealed: string
  created_at: number
  expires_at: number
}

/** An address from which somebody signed in as this login. */
export type KnownAddressTable = {
  database: string
  login: string
  address: string
  succeeded_at: number
}

/** Somebody who may administer the node. */
export type OwnerTable = {
  id: string
  name: string
  created_at: number
}

/** What lets an owner in: `bootstrap` once, `session` until it ends. */
export type OwnerTokenTable = {
  hash: string
  kind: string
  owner_id: string
  created_at: number
  expires_at: number
  used_at: number | null
}
