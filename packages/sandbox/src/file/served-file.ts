/** A file on its way to a client. */
export type ServedFile = {
  readonly bytes: Buffer
  /** Its media type, without parameters. */
  readonly type: string
  readonly name: string
  /** Names this content; undefined: there is nothing to compare. */
  readonly etag: string | undefined
  readonly modifiedMs: number | undefined
  /** May caches on the way keep it? */
  readonly isPublic: boolean
  /** Does it come as it is kept, neither worked out nor resized? */
  readonly isKept: boolean
}

/** A file that is somewhere else. */
export type FileElsewhere = { readonly url: string }
