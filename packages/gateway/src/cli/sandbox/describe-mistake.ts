/** The longest line that is written about a mistake, characters. */
const LINE_MAX = 400

/**
 * A mistake of the sandbox in one line: its client saw a RuntimeError or a page 500 without a word about it. What went
 * wrong, and the place in the code. Whoever reports it can add the call.
 */
export function describeMistake(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : `a ${typeof error} was thrown`
  const place = error instanceof Error ? placeIn(error.stack ?? '') : undefined
  const line = `a mistake of the sandbox, not of its client: ${what}`.replaceAll(/\s+/g, ' ').slice(0, LINE_MAX)
  return place === undefined ? line : `${line} (${place})`
}

/** Node.js keeps ten frames of a stack; what stands before them is the message, of whatever length. */
const FRAMES = 10

/** The first file of a stack, with its line, from the checkout's root on. */
function placeIn(stack: string): string | undefined {
  for (const line of stack.split('\n').slice(-FRAMES)) {
    const [, path] = /^\s+at .*?([^\s()]+\.ts:\d+):\d+\)?$/.exec(line.slice(0, LINE_MAX)) ?? []
    if (path !== undefined) return path.replace(/^.*?(?=packages\/)/, '')
  }
  return undefined
}
