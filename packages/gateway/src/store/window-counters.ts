/** How often something happened in a window of time. */
export type WindowCount = {
  readonly count: number
  /** Milliseconds until the window ends and counting begins anew. */
  readonly endsInMs: number
}

/**
 * Counts what happens, by key, in windows that begin with the first of it. On a shared store all nodes count together;
 * on the embedded one the counts are in memory, and a start forgets them.
 *
 * Throws `store.unavailable` where the count cannot be kept: nothing is let through uncounted.
 */
export type WindowCounters = {
  /**
   * Adds to a count and answers it, as one step: of two at once, each sees a count of its own.
   *
   * @param key at most 200 characters
   * @param points how many; negative ones are taken back
   * @param windowSeconds the length of the window, if this begins one
   */
  add(key: string, points: number, windowSeconds: number): Promise<WindowCount>
}
