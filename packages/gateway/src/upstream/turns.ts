/** How many calls of one user may be under way in Odoo; Odoo has few workers, and answers may be large. */
const AT_ONCE = 8

/** How many more of the same user may wait. */
const WAITING_MAX = 256

type Line = { running: number; readonly waiting: (() => void)[] }

/**
 * Lets calls of one user into Odoo a few at a time, in their order, so that nobody takes all of its workers, nor all of
 * our memory with large answers.
 */
export class Turns {
  readonly #lines = new Map<string, Line>()

  /**
   * Runs a call when it is its turn.
   *
   * @param full what to throw when too many wait already
   */
  async take<Answer>(key: string, call: () => Promise<Answer>, full: () => Error): Promise<Answer> {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] }
    this.#lines.set(key, line)
    if (line.running < AT_ONCE) line.running++
    else if (line.waiting.length >= WAITING_MAX) throw full()
    else await new Promise<void>((turn) => line.waiting.push(turn))
    try {
      return await call()
    } finally {
      // The place goes to who waits longest, or is free.
      const next = line.waiting.shift()
      if (next !== undefined) next()
      else if (--line.running === 0) this.#lines.delete(key)
    }
  }
}
