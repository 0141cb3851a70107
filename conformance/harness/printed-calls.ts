/**
 * The shell commands in what a program printed: each line that calls curl or keeps what curl answers
 * (`TOKEN=$(curl …)`), with the lines that a backslash at the end joins to it.
 */
export function printedCalls(output: string): readonly string[] {
  const calls: string[] = []
  let open = false
  for (const line of output.split('\n')) {
    const text = line.trim()
    if (open) calls.push(`${calls.pop()}\n${text}`)
    else if (/^(?:[A-Za-z_]\w*="?\$\(\s*)?curl\s/.test(text)) calls.push(text)
    else continue
    open = text.endsWith('\\')
  }
  return calls
}
