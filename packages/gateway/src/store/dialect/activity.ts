/** Counts what is under way, so that closing can wait for it. */
export type Activity = {
  begin(): void
  end(): void
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

/** Nothing is under way yet. */
export function createActivity(): Activity {
  let running = 0
  let waiting: (() => void)[] = []
  return {
    begin: () => {
      running += 1
    },
    end: () => {
      running -= 1
      if (running > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    settled: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
