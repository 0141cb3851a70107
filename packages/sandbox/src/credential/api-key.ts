import { createHash, timingSafeEqual } from 'node:crypto'
import type { Engine } from '../engine/contract.ts'
import { modelNamed } from '../schema/model.ts'
import { identifier, listOf, sql } from '../sql/sql-text.ts'
import { momentText } from '../value/moment.ts'

/** Characters of a key that are kept as they are, to find its row by (odoo 18.0 res_users.py, INDEX_SIZE). */
const INDEX_LENGTH = 8

/** Random bytes of a key; it is written as twice as many hexadecimal digits (API_KEY_SIZE). */
const KEY_BYTES = 20

/** The models whose records each stand for a secret: API keys, and browsers that need no second factor. */
export type KeyModel = 'res.users.apikeys' | 'auth_totp.device'

/** A key to be made. */
export type KeyWish = {
  readonly uid: number
  readonly name: string
  /** What the key is for; `null` is everything. */
  readonly scope: string | null
  /** `YYYY-MM-DD HH:MM:SS` in UTC; `null` is never. */
  readonly expirationDate: string | null
}

/**
 * Makes a key and answers it: the only time that anybody sees it. What is kept is a SHA-256, which needs neither salt
 * nor slowness for 160 random bits.
 */
export function issueKey(engine: Engine, model: KeyModel, wish: KeyWish): string {
  const key = engine.randomBytes(KEY_BYTES).toString('hex')
  const id = engine.db.run(sql`
    INSERT INTO ${tableOf(model)} (name, user_id, scope, create_date)
    VALUES (${wish.name}, ${wish.uid}, ${wish.scope}, ${momentText(engine.nowMs())})`)
  if (expires(engine, model)) {
    engine.db.run(sql`UPDATE ${tableOf(model)} SET expiration_date = ${wish.expirationDate} WHERE id = ${id}`)
  }
  engine.db.run(sql`
    INSERT INTO sandbox_key (model, record_id, prefix, hash)
    VALUES (${model}, ${id}, ${key.slice(0, INDEX_LENGTH)}, ${hashOf(key).toString('hex')})`)
  return key
}

/**
 * The user whose key it is, if it is good for the scope: a key without a scope is good for every one. Neither keys that
 * have expired nor those of archived users count (odoo 18.0 res_users.py, APIKeys._check_credentials).
 */
export function checkKey(engine: Engine, model: KeyModel, key: string, scope: string): number | undefined {
  const expiry = expires(engine, model) ? sql`r.expiration_date` : sql`NULL`
  const rows = engine.db.all(sql`
    SELECT r.user_id, k.hash FROM sandbox_key AS k
    JOIN ${tableOf(model)} AS r ON r.id = k.record_id JOIN res_users AS u ON u.id = r.user_id
    WHERE k.model = ${model} AND k.prefix = ${key.slice(0, INDEX_LENGTH)} AND u.active = 1
    AND (r.scope IS NULL OR r.scope = ${scope})
    AND COALESCE(${expiry} >= ${momentText(engine.nowMs())}, 1)`)
  const given = hashOf(key)
  const found = rows.find((row) => timingSafeEqual(Buffer.from(String(row.hash), 'hex'), given))
  return found === undefined ? undefined : Number(found.user_id)
}

/** The user of an API key that opens this scope; Odoo asks for `rpc`. Undefined for any other text. */
export function checkApiKey(engine: Engine, key: string, scope: string): number | undefined {
  return checkKey(engine, 'res.users.apikeys', key, scope)
}

/** Do keys of the model end? On 17 none does. */
function expires(engine: Engine, model: KeyModel): boolean {
  return modelNamed(engine.schema, model).fields.has('expiration_date')
}

function tableOf(model: KeyModel): ReturnType<typeof identifier> {
  return identifier(model.replaceAll('.', '_'))
}

/** Forgets the secrets of keys whose records are deleted. */
export function forgetKeys(engine: Engine, model: KeyModel, ids: readonly number[]): void {
  engine.db.run(sql`DELETE FROM sandbox_key WHERE model = ${model} AND record_id IN ${listOf(ids)}`)
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
