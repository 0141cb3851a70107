/**
 * Runs a task again and again, each time `everyMs` after the last one ended, so that no two run at once.
 *
 * @param onError told of each run that failed; the next one comes all the same
 * @returns a function that stops, and waits for the run that is under way
 */
export function repeat(
  everyMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let timer = setTimeout(run, everyMs)

  function run(): void {
    running = task()
      .catch(onError)
      .then(() => {
        if (!stopped) timer = setTimeout(run, everyMs)
      })
  }

  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
