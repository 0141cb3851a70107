/** What may be done with the records of a model. `call` stands for the methods that an exposure lists by name. */
export const VERBS = ['read', 'create', 'update', 'delete', 'call'] as const

/** One of the closed set of verbs. */
export type Verb = (typeof VERBS)[number]

/** The verbs that an exposure grants by name; `call` is granted method by method. */
export const RECORD_VERBS = ['read', 'create', 'update', 'delete'] as const satisfies readonly Verb[]

/** One of the four verbs over records. */
export type RecordVerb = (typeof RECORD_VERBS)[number]
