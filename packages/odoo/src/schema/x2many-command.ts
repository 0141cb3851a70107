/** Values of a record, by field name, in the form that `create` and `write` take. */
export type RecordValues = Readonly<Record<string, unknown>>

/** One change of a one2many or many2many (odoo 18.0 fields.py: class Command). */
export type X2manyCommand =
  | { readonly kind: 'create'; readonly values: RecordValues }
  | { readonly kind: 'update'; readonly id: number; readonly values: RecordValues }
  /** Deletes the record itself. */
  | { readonly kind: 'delete'; readonly id: number }
  /** Takes the record out of the relation; a one2many whose inverse cascades deletes it then. */
  | { readonly kind: 'unlink'; readonly id: number }
  | { readonly kind: 'link'; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'set'; readonly ids: readonly number[] }

/** A value for a one2many or many2many was refused. `index` is the command's place, undefined for the whole value. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly index: number | undefined

  constructor(index: number | undefined, reason: string) {
    super(index === undefined ? reason : `Command ${index}: ${reason}`)
    this.index = index
  }
}

/** The largest id that Odoo can hold: ids are `int4` in PostgreSQL. */
export const ID_MAX = 2 ** 31 - 1

/** Whether a value is an id of a stored record. Text and true, which Odoo takes too, are not. */
export function isRecordId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= ID_MAX
}

/**
 * Reads what may be written to a one2many or many2many: a list of commands; `false` or `null`, which clear; or a plain
 * list of ids, which sets. Commands may be short as Odoo takes them: `[5]`, `[2, id]`, `[6, false, ids]`, and the second
 * part of a create may be anything (the web client puts a name there).
 *
 * Stricter than Odoo: an id is a positive int4, values are an object, and what a command does not use is 0, false or
 * null. The values themselves are not looked into: each is a write of its own on the related model.
 *
 * @example parseX2manyCommands([[4, 7], [0, 0, { name: 'x' }]]) // [{ kind: 'link', id: 7 }, { kind: 'create', values: { name: 'x' } }]
 * @throws CommandError and nothing else.
 * Source: odoo 18.0 fields.py: _RelationalMulti.write, convert_to_cache; recordings write/x2many_*.
 */
export function parseX2manyCommands(value: unknown): readonly X2manyCommand[] {
  if (value === false || value === null) return [{ kind: 'clear' }]
  if (!Array.isArray(value)) throw new CommandError(undefined, 'The value must be a list of commands or of ids.')
  if (value.length > 0 && !Array.isArray(value[0])) return [{ kind: 'set', ids: readIds(undefined, value) }]
  return value.map((item: unknown, index) => readCommand(index, item))
}

/** Writes commands in the long form, which every version takes. */
export function printX2manyCommands(commands: readonly X2manyCommand[]): unknown[] {
  return commands.map(printCommand)
}

function printCommand(command: X2manyCommand): unknown[] {
  switch (command.kind) {
    case 'create':
      return [0, 0, command.values]
    case 'update':
      return [1, command.id, command.values]
    case 'delete':
      return [2, command.id, 0]
    case 'unlink':
      return [3, command.id, 0]
    case 'link':
      return [4, command.id, 0]
    case 'clear':
      return [5, 0, 0]
    case 'set':
      return [6, 0, command.ids]
  }
}

function readCommand(index: number, item: unknown): X2manyCommand {
  if (!Array.isArray(item)) throw new CommandError(index, 'it must be a list.')
  const [code, second, third] = item as readonly unknown[] // An array of anything.
  if (item.length > 3) throw new CommandError(index, 'it has more than three parts.')
  switch (code) {
    case 0:
      return { kind: 'create', values: readValues(index, third) }
    case 1:
      return { kind: 'update', id: readId(index, second), values: readValues(index, third) }
    case 2:
      return { kind: 'delete', id: readOnlyId(index, second, third) }
    case 3:
      return { kind: 'unlink', id: readOnlyId(index, second, third) }
    case 4:
      return { kind: 'link', id: readOnlyId(index, second, third) }
    case 5:
      expectUnused(index, second)
      expectUnused(index, third)
      return { kind: 'clear' }
    case 6:
      expectUnused(index, second)
      if (!Array.isArray(third)) throw new CommandError(index, 'its third part must be a list of ids.')
      return { kind: 'set', ids: readIds(index, third) }
    default:
      throw new CommandError(index, 'its first part must be a number from 0 to 6.')
  }
}

function readOnlyId(index: number, id: unknown, rest: unknown): number {
  expectUnused(index, rest)
  return readId(index, id)
}

function readId(index: number | undefined, value: unknown): number {
  if (!isRecordId(value)) throw new CommandError(index, 'an id must be a positive integer below 2^31.')
  return value
}

function readIds(index: number | undefined, values: readonly unknown[]): readonly number[] {
  return values.map((value) => readId(index, value))
}

function readValues(index: number, value: unknown): RecordValues {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandError(index, 'its third part must be an object of values.')
  }
  return value as RecordValues // An object that is no list has text keys.
}

/** Odoo ignores it; but a caller who puts something there means something else than what would happen. */
function expectUnused(index: number, value: unknown): void {
  if (value !== undefined && value !== null && value !== false && value !== 0) {
    throw new CommandError(index, 'a part that the command does not use must be 0, false or null.')
  }
}
