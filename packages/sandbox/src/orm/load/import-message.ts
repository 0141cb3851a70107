/** The rows of the table that a record came from. */
export type RowSpan = { readonly from: number; readonly to: number }

/** What an import says of a record, as the client gets it. */
export type ImportMessage = Readonly<Record<string, unknown>> & { readonly type: 'error' | 'warning' }

/** A value that cannot be taken, or only with a guess. `%(field)s` in the text stands for the field's label. */
export class ImportProblem extends Error {
  readonly type: 'error' | 'warning'
  /** Told beside the message; with it comes the label of the field. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(text: string, details?: Readonly<Record<string, unknown>>, type: 'error' | 'warning' = 'error') {
    super(text)
    this.type = type
    this.details = details
  }
}
