/** How a release hands out files: the web module's controllers, `ir.binary` and `http.Stream`. */
export type FileFacts = {
  /** What `download` in a query says: anything is yes, or only what Python's `str2bool` knows. */
  readonly downloadWord: 'anything' | 'known'
  /** Are files that are not public marked `private` for caches? */
  readonly tellsPrivate: boolean
  /** Which files are `immutable` with `unique` in the query: kept as they are, or all. */
  readonly immutable: 'kept' | 'all'
  /** Does a field that only follows another have an attachment of its own, without which it is not found? */
  readonly relatedHasFile: boolean
  /** Is what is no picture sent by /web/image as unknown bytes? */
  readonly hidesOtherTypes: boolean
  /** Does a token in the query make the answer public? */
  readonly tokenIsPublic: boolean
  /** What a report about records that are gone answers. */
  readonly reportOfGone: 400 | 500
  /** What the list of fields to export tells of a field that leads further: a few facts, or all but where it leads. */
  readonly exportTells: 'few' | 'everything'
  /** Is text in `raw` of an attachment looked at for its type, too? Else that is Python's TypeError. */
  readonly looksAtText: boolean
  /** Has every contact a drawn letter for a picture, or only those with an employee's account? */
  readonly lettersFor: 'employees' | 'contacts'
}

export const files17: FileFacts = {
  downloadWord: 'anything',
  tellsPrivate: false,
  immutable: 'kept',
  relatedHasFile: false,
  hidesOtherTypes: false,
  tokenIsPublic: false,
  reportOfGone: 400,
  exportTells: 'everything',
  looksAtText: false,
  lettersFor: 'employees',
}

export const files18: FileFacts = {
  ...files17,
  downloadWord: 'known',
  tellsPrivate: true,
  immutable: 'all',
  relatedHasFile: true,
  hidesOtherTypes: true,
  tokenIsPublic: true,
  exportTells: 'few',
}

export const files19: FileFacts = { ...files18, reportOfGone: 500, looksAtText: true, lettersFor: 'contacts' }
