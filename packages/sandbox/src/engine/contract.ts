import type { InstalledModel } from '../schema/installation.ts'
import type { Model, Schema } from '../schema/model.ts'
import type { Database } from '../sql/database.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import type { VersionRow } from '../version/odoo-version.ts'
import type { Condition } from './condition.ts'
import type { AccessRow, Operation, RecordRule } from './rights.ts'

/** What all calls share: the records, the models and how they behave, the time and the dice. */
export type Engine = {
  readonly db: Database
  readonly schema: Schema
  readonly version: VersionRow
  readonly behaviours: Readonly<Record<string, Behaviour>>
  /** By model. */
  readonly access: ReadonlyMap<string, readonly AccessRow[]>
  /** By model. */
  readonly rules: ReadonlyMap<string, readonly RecordRule[]>
  /** All models of a real installation, with their rights. */
  readonly installation: readonly InstalledModel[]
  readonly consequences: readonly Consequence[]
  /** Methods of every model that addons bring along. */
  readonly methods: readonly Method[]
  /** Name of the database, as clients give it at sign-in. */
  readonly database: string
  /** May clients list it? Odoo's setting list_db. */
  readonly listsDatabases: boolean
  /** After how long the id of a signed-in session is replaced; undefined: never. */
  rotatesSessionsMs(): number | undefined
  /** Signs the forms of pages. New with every start: a form that was open before is refused. */
  readonly formSecret: Buffer
  nowMs(): number
  randomBytes(size: number): Buffer
  /** Told of every error that is none of Odoo's: a mistake of the sandbox itself. */
  onMistake(error: unknown): void
  /** Told of every method that a client calls in vain, by model. */
  onUnknownMethod(model: string, method: string): void
}

/** Odoo's context: keys that change how records are shown and made. */
export type Context = Readonly<Record<string, unknown>>

/** A user with what rules and rights ask about. */
export type User = {
  readonly id: number
  readonly name: string
  readonly login: string
  readonly active: boolean
  readonly partnerId: number
  readonly commercialPartnerId: number
  readonly companyId: number
  readonly companyIds: readonly number[]
  /** External names of all groups, implied ones too. */
  readonly groups: ReadonlySet<string>
}

/** Field values of one record: unset is `false`, relations are ids. */
export type Values = Readonly<Record<string, unknown>>

export type SearchOptions = {
  readonly order?: string | undefined
  /** As a client gave it, for PostgreSQL to judge: see `page`. */
  readonly limit?: unknown
  readonly offset?: unknown
  /** Overrules the context: hide archived records? */
  readonly activeTest?: boolean
}

/**
 * Records, as one user in one context sees them: what the methods of the wire and the behaviour of models are written
 * with. A superuser is held back by no right and no rule.
 */
export type Orm = {
  readonly engine: Engine
  readonly uid: number
  readonly context: Context
  readonly superuser: boolean
  /** The user behind `uid`. */
  user(): User
  /** The companies that the context chooses among the user's; the first is the current one. */
  companyIds(): readonly number[]
  asSuperuser(): Orm
  /** Held back by rights and rules again. */
  asUser(): Orm
  withContext(changes: Context): Orm
  model(name: string): Model
  /** Ids that match a domain in Odoo's own notation. */
  search(model: string, domain: unknown, options?: SearchOptions): number[]
  /** Values without a check of rights; ids that do not exist are left out. */
  values(model: string, ids: readonly number[], fields: readonly string[]): Map<number, Values>
  names(model: string, ids: readonly number[]): Map<number, string>
  create(model: string, values: Values): number
  write(model: string, ids: readonly number[], values: Values): void
  unlink(model: string, ids: readonly number[]): void
  /** Sets columns as they are, without rights, hooks or log; for values that are derived from others. */
  store(model: string, id: number, columns: Readonly<Record<string, SqlValue>>): void
}

/** What a model does that its row of data cannot say. All parts are optional. */
export type Behaviour = {
  readonly names?: (orm: Orm, ids: readonly number[]) => Map<number, string>
  /** Fields worked out on reading. */
  readonly computed?: Readonly<Record<string, (orm: Orm, ids: readonly number[]) => Map<number, unknown>>>
  /** Writing such a field. */
  readonly inverse?: Readonly<Record<string, (orm: Orm, ids: readonly number[], value: unknown) => void>>
  /** Searching by such a field: the domain that stands for the comparison. */
  readonly searched?: Readonly<Record<string, (orm: Orm, operator: string, value: unknown) => unknown[]>>
  readonly defaults?: Readonly<Record<string, (orm: Orm) => unknown>>
  /** What follows in a form from a change of that field, beside what is derived anyway; run on a draft as superuser. */
  readonly onchange?: Readonly<Record<string, (orm: Orm, id: number) => Values>>
  /** Of a relation: the records that grouping by it shows, of which those given have records (`group_expand`). */
  readonly expanded?: Readonly<Record<string, (orm: Orm, ids: readonly number[]) => number[]>>
  /** The choices of a selection that depend on the user, as `fields_get` tells them. */
  readonly choices?: Readonly<Record<string, (orm: Orm) => readonly (readonly [string, string])[]>>
  /** The values that a new record really gets. */
  readonly beforeCreate?: (orm: Orm, values: Values) => Values
  readonly beforeWrite?: (orm: Orm, ids: readonly number[], values: Values) => Values
  /** Stored values that follow from others; run after a write of one of `when`, and after creation. */
  readonly derived?: readonly Derivation[]
  /** Conditions of Odoo's own code; run after a write of one of `when`, and after creation. */
  readonly checked?: readonly Derivation[]
  /** What every search adds to its domain, besides rules; `false` finds nothing and asks for no rights. */
  readonly narrowed?: (orm: Orm, asked: Condition) => readonly unknown[] | false
  /**
   * Refuses what something else than rights and rules keeps from the user; asked before these, and never of a superuser.
   * `values` are those of a creation or a write.
   */
  readonly guarded?: (orm: Orm, operation: Operation, ids: readonly number[], values: Values) => void
  /** What a copy gets besides the values of the original. */
  readonly copied?: (orm: Orm, id: number) => Values
  readonly beforeUnlink?: (orm: Orm, ids: readonly number[]) => void
  /** May this user do it although the model's rights say no? Then it is done as superuser. */
  readonly allows?: (orm: Orm, operation: Operation, ids: readonly number[], fields: readonly string[]) => boolean
  readonly methods?: readonly Method[]
}

/** What follows from a change of any model's records; run as superuser. */
export type Consequence = {
  /** Once a record is there with its values and before anything follows from them; as the user who makes it. */
  readonly created?: (orm: Orm, model: Model, id: number) => void
  /** Before a write of those fields; what it answers is run once everything has followed from it. */
  readonly writing?: (
    orm: Orm,
    model: Model,
    ids: readonly number[],
    fields: readonly string[],
  ) => (() => void) | undefined
  /** After a creation or a write; `fields` are those that were written. */
  readonly changed?: (orm: Orm, model: Model, ids: readonly number[], fields: 'everything' | readonly string[]) => void
  /** Before records go. */
  readonly deleted?: (orm: Orm, model: Model, ids: readonly number[]) => void
}

export type Derivation = { readonly when: readonly string[]; readonly run: (orm: Orm, ids: readonly number[]) => void }

export type { Operation } from './rights.ts'

/** A method that a client may call: how its arguments are bound, and what it does. One name may have a row a version. */
export type Method = {
  readonly name: string
  /** `records`: the first positional argument is the ids that it works on. */
  readonly on: 'model' | 'records'
  /**
   * Names of the parameters in order; a name that ends in `?` may be left out. What follows `*` is given by name only;
   * `**` at the end takes any other name, too.
   */
  readonly params: readonly string[]
  /** First and last version that have it. */
  readonly since?: number
  readonly until?: number
  /** Answers the result; `undefined` is Python's None. */
  readonly run: (call: MethodCall) => unknown
}

/** A call with its arguments bound: `args` by parameter name, without the ids. */
export type MethodCall = {
  readonly orm: Orm
  readonly model: Model
  /** As the client gave them: numbers, mostly. */
  readonly ids: readonly unknown[]
  readonly args: Readonly<Record<string, unknown>>
  /** What a method may ask of the request that it came by; undefined for calls over `/jsonrpc` and `/xmlrpc`. */
  readonly session?: CallSession | undefined
}

/** The session that a call came in, or what stands for one where a key takes its place. */
export type CallSession = {
  /** The host that the client named. */
  readonly host: string
  /** When the password was last asked for again, milliseconds; undefined when it never was. */
  identityCheckedMs(): number | undefined
  noteIdentityCheck(): void
  /** The session outlives what was just changed about its user's credentials. */
  renew(): void
  /** Ends the other sessions of its user. */
  endOthers(): void
}
