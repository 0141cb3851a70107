/** How many of the same key may be under way, and how many more may wait. */
export type TurnLimits = { readonly atOnce: number; readonly waitingMax: number }

/** Of one user's calls: Odoo has few workers, and answers may be large. */
const CALLS_OF_A_USER: TurnLimits = { atOnce: 8, waitingMax: 256 }

type Line = { running: number; readonly waiting: (() => void)[] }

/**
 * Lets calls of the same key run a few at a time, in their order: those of one user, so that nobody takes all of Odoo's
 * workers, nor all of our memory with large answers.
 */
export class Turns {
  readonly #lines = new Map<string, Line>()
  readonly #limits: TurnLimits

  constructor(limits: TurnLimits = CALLS_OF_A_USER) {
    this.#limits = limits
  }

  /**
   * Runs a call when it is its turn.
   *
   * @param full what to throw when too many wait already
   */
  async take<Answer>(key: string, call: () => Promise<Answer>, full: () => Error): Promise<Answer> {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] }
    this.#lines.set(key, line)
    if (line.running < this.#limits.atOnce) line.running++
    else if (line.waiting.length >= this.#limits.waitingMax) throw full()
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
