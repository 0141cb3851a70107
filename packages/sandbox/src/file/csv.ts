/** Rows as CSV: every cell in quotes, lines end in CR LF (RFC 4180). Cells that a program may take for formulas do not. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows.map((row) => row.map(asText))]
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

/** Spreadsheets run what begins so; an apostrophe says that it is text (odoo 18.0 web, CSVExport.from_data). */
function asText(cell: string): string {
  return /^[=+-]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
