/**
 * Rows under their titles, each column as wide as its widest cell. `none` stands in place of an empty table. What cells
 * hold may come from anybody (a `User-Agent`, a login): nothing in them steers a terminal.
 */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none
  const lines = [titles, ...rows.map((row) => row.map(printable))]
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => padded(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * Characters that a terminal acts upon instead of showing them: controls of ASCII and of Latin-1 (0x9B alone begins a
 * sequence), ends of lines, marks of direction (Unicode UAX #9), lone surrogates, and what is not seen at all.
 */
const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

function printable(cell: string): string {
  return cell.replace(STEERING, '\u{fffd}')
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(width - [...cell].length)
}

/** A time as people read it, UTC to the minute: `2026-11-21 09:30`. */
export function timeText(ms: number | undefined): string {
  return ms === undefined ? '-' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
