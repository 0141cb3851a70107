/** Work that goes on after its answer was sent. */
export type Background = {
  /** Runs a task once there is room for it; what it throws is told to `onError`. */
  add(task: () => Promise<void>): void
  /** Whether anything is under way or waits. */
  busy(): boolean
  /** Resolves when nothing is under way any more, or when `deadlineMs` have passed. */
  settle(deadlineMs: number): Promise<void>
}

/**
 * A queue that runs at most `atOnce` tasks at the same time, in their order.
 *
 * @param onError told of each task that failed; a queue never fails
 */
export function createBackground(atOnce: number, onError: (error: unknown) => void): Background {
  const waiting: (() => Promise<void>)[] = []
  const running = new Set<Promise<void>>()

  function next(): void {
    const task = running.size < atOnce ? waiting.shift() : undefined
    if (task === undefined) return
    const run = task()
      .catch(onError)
      .finally(() => {
        running.delete(run)
        next()
      })
    running.add(run)
  }

  async function drain(): Promise<void> {
    while (running.size > 0) await Promise.race(running)
  }

  return {
    add: (task) => {
      waiting.push(task)
      next()
    },
    busy: () => running.size > 0 || waiting.length > 0,
    settle: async (deadlineMs) => {
      const deadline = Promise.withResolvers<void>()
      const timer = setTimeout(deadline.resolve, deadlineMs)
      await Promise.race([drain(), deadline.promise])
      clearTimeout(timer)
    },
  }
}
