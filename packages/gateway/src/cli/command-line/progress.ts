import { spinner } from '@clack/prompts'

/** What a command is doing, for whoever waits: a line that changes, on a terminal only. */
export type Progress = { say(what: string): void; end(): void }

/** How long nothing is shown: what is over by then needs no line. Milliseconds. */
const QUIET_MS = 1_000

/** On standard error, so that standard output is the answer alone. */
export function openProgress(): Progress {
  if (!process.stderr.isTTY) return { say: () => undefined, end: () => undefined }
  const shown = spinner({ output: process.stderr })
  let [running, what] = [false, '']
  const timer = setTimeout(() => {
    running = true
    shown.start(what)
  }, QUIET_MS)
  return {
    say: (now) => {
      what = now
      if (running) shown.message(now)
    },
    end: () => {
      clearTimeout(timer)
      if (running) shown.stop(what)
    },
  }
}
