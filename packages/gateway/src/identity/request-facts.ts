/** What identity looks at in a request; every surface's call has it. */
export type RequestFacts = {
  readonly requestId: string
  /** The address of the client. */
  readonly address: string
  /** The same, unless a peer that is no trusted proxy forwards for somebody; no list of addresses lets such a call in. */
  readonly certainAddress: string | undefined
  /** Path and query as they were sent. */
  readonly url: string
  /** The parsed body, if there is one. */
  readonly body: unknown
  /** Every value of a header as it was sent. `name` in lower case. */
  headerValues(name: string): readonly string[]
}
