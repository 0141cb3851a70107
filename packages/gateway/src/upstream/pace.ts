import type { Clock } from '../kernel/clock.ts'

/** How fast a server may be called: `perSecond` in the long run, `burst` at once after a pause. */
export type PaceLimits = { readonly perSecond: number; readonly burst: number }

/** What Odoo Online puts up with (its acceptable use policy asks for about one call a second). */
const ODOO_ONLINE: PaceLimits = { perSecond: 1, burst: 10 }

/** The longest that a call waits for its turn. Milliseconds. */
const WAIT_MAX_MS = 30_000

/** However slow the pace is, so many may wait. */
const WAITING_LEAST = 8

/** The pace towards a server: what is set, else that of Odoo Online where it is one; undefined for none. */
export function paceTowards(odooUrl: string, set: PaceLimits | 'off' | undefined): PaceLimits | undefined {
  if (set === 'off') return undefined
  return set ?? (/(?:^|\.)odoo\.com$/.test(new URL(odooUrl).hostname) ? ODOO_ONLINE : undefined)
}

/** What waiting in line needs from outside: `after` calls once, so many milliseconds later. */
export type PaceDeps = { readonly clock: Clock; readonly after: (ms: number, call: () => void) => void }

/**
 * Lets calls to one server go at its pace. Those that wait go in turns, one of each caller, so that one who sends many
 * holds up nobody but himself; in all no more may wait than go within half a minute, and of one caller half of them.
 */
export class Pace {
  readonly #limits: PaceLimits
  readonly #deps: PaceDeps
  /** Callers in the order of their turns, and who waits of each. */
  readonly #lines = new Map<string, (() => void)[]>()
  readonly #waitingMax: number
  #waiting = 0
  #tokens: number
  #countedAtMs: number
  #isTimed = false

  constructor(limits: PaceLimits, deps: PaceDeps) {
    this.#limits = limits
    this.#deps = deps
    this.#tokens = limits.burst
    this.#countedAtMs = deps.clock.nowMs()
    this.#waitingMax = Math.max(WAITING_LEAST, Math.ceil((limits.perSecond * WAIT_MAX_MS) / 1000))
  }

  /**
   * Resolves when it is the caller's turn.
   *
   * @param full what to throw when too many wait; it is told in how many seconds there will be room
   */
  async turn(caller: string, full: (retryAfterSeconds: number) => Error): Promise<void> {
    if (this.#waiting === 0 && this.#takeToken()) return
    const line = this.#lines.get(caller) ?? []
    if (this.#waiting >= this.#waitingMax || line.length >= this.#waitingMax / 2) {
      throw full(Math.max(1, Math.ceil(line.length / this.#limits.perSecond)))
    }
    this.#lines.set(caller, line)
    this.#waiting++
    const turn = new Promise<void>((resolve) => line.push(resolve))
    this.#wake()
    return turn
  }

  #takeToken(): boolean {
    const nowMs = this.#deps.clock.nowMs()
    const { perSecond, burst } = this.#limits
    const passedMs = Math.max(0, nowMs - this.#countedAtMs)
    this.#tokens = Math.min(burst, this.#tokens + (passedMs * perSecond) / 1000)
    this.#countedAtMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Has those who wait go on when there is a token for the next. */
  #wake(): void {
    if (this.#isTimed || this.#waiting === 0) return
    this.#isTimed = true
    const ms = Math.ceil(((1 - this.#tokens) * 1000) / this.#limits.perSecond)
    this.#deps.after(Math.max(1, ms), () => {
      this.#isTimed = false
      while (this.#waiting > 0 && this.#takeToken()) this.#next()
      this.#wake()
    })
  }

  /** The one who waits longest of the caller whose turn it is; that caller goes to the end. */
  #next(): void {
    for (const [caller, line] of this.#lines) {
      this.#lines.delete(caller)
      const go = line.shift()
      if (line.length > 0) this.#lines.set(caller, line)
      if (go === undefined) continue
      this.#waiting--
      go()
      return
    }
  }
}
