/** What happens to a record when the record that its many2one leads to is deleted (PostgreSQL's own words). */
export type OnDelete = 'restrict' | 'cascade' | 'set null'

/** A model as a row of data: what Odoo's source declares and `fields_get` does not tell. All parts are optional. */
export type ModelRow = {
  /** The field that names a record; default `name`. */
  readonly recName?: string
  /** The fields that a name is looked up in (`_rec_names_search`); default the naming field. */
  readonly nameSearch?: readonly string[]
  /** A field that a name may be as a whole, such as the login of a user. */
  readonly nameIs?: string
  /** The record also is a record of another model: fields it does not have itself are read and written there. */
  readonly inherits?: { readonly field: string; readonly model: string }
  /** The many2one to the record above; default `parent_id`. */
  readonly parent?: string
  /** Deletion per many2one field; default `restrict` for a required field, else `set null`. */
  readonly onDelete?: Readonly<Record<string, OnDelete>>
  /** Fields that `copy` leaves out, besides one2many fields and Odoo's own log fields. */
  readonly notCopied?: readonly string[]
  /** Uniqueness that PostgreSQL guards, with the sentence that Odoo says. */
  readonly unique?: readonly UniqueRow[]
  /** Tables of many2many fields that Odoo names by hand; default `<table>_<table>_rel` in alphabetical order. */
  readonly relationTables?: Readonly<Record<string, RelationTable>>
  /** Fields whose record is of the model that another field names (many2one_reference), with that field. */
  readonly referenceModels?: Readonly<Record<string, string>>
  /** Fields that are only a path to another record's field, although `fields_get` does not say so. */
  readonly paths?: Readonly<Record<string, string>>
  /** Stored fields that are worked out on reading here. */
  readonly computed?: readonly string[]
  /** Fields whose value is a picture. */
  readonly pictures?: readonly string[]
  /** many2one fields whose record is read when they are written: it has to be there, and visible to the user. */
  readonly readsTargetOf?: readonly string[]
  /** Changes that read the records first, so that a hidden one is refused as a read; up to that version. */
  readonly readsBefore?: { readonly write?: number; readonly unlink?: number }
  /** `name_search` puts records first whose field equals the text, when it has this many characters. */
  readonly nameSearchFirst?: { readonly field: string; readonly length: number }
  /** Records are written through lists with the user's own rights, whoever writes the list (`_allow_sudo_commands`). */
  readonly ownRightsInLists?: boolean
  /** `copy` calls the new record `… (copy)`. */
  readonly marksCopies?: boolean
}

/** One uniqueness: the columns, and the sentence for people. */
export type UniqueRow = { readonly columns: readonly string[]; readonly message: string }

/** A many2many table: the column with the field's own records and the one with the others. */
export type RelationTable = {
  readonly table: string
  readonly left: string
  readonly right: string
  /** The pairs are records of another table, those whose column has that value: the relation is a view of them. */
  readonly of?: { readonly table: string; readonly column: string; readonly value: string }
}
