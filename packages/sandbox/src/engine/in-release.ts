/** First and last version that have something; without one it was always there, or still is. */
export type Life = { readonly since?: number; readonly until?: number }

/** Does a version have it? */
export function inRelease({ since = 0, until = Number.POSITIVE_INFINITY }: Life, version: number): boolean {
  return since <= version && version <= until
}
