import { markupText } from '../value/markup-text.ts'

/** A cell of a workbook: a number, or text. */
export type Cell = { readonly value: number | string; readonly bold?: true }

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The smallest files that make an Office Open XML workbook of one sheet (ECMA-376 part 1 §12.2). */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
  '_rels/.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONS}">` +
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml':
    `<styleSheet xmlns="${NAMESPACE}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill/></fills>' +
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
    '<cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A workbook (.xlsx) of one sheet. `nowMs` is the moment that its files are from. */
export async function workbook(rows: readonly (readonly Cell[])[], nowMs: number): Promise<Buffer> {
  // Most sandboxes never export a workbook, and start faster for it.
  const { strToU8, zipSync } = await import('fflate')
  const lines = rows.map((cells, row) => `<row r="${row + 1}">${cells.map(cellXml).join('')}</row>`)
  const sheet = `<worksheet xmlns="${NAMESPACE}"><sheetData>${lines.join('')}</sheetData></worksheet>`
  const parts = Object.entries({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet })
  const files = Object.fromEntries(parts.map(([name, xml]) => [name, strToU8(HEAD + xml)]))
  return Buffer.from(zipSync(files, { mtime: nowMs }))
}

function cellXml({ value, bold }: Cell): string {
  const style = bold === true ? ' s="1"' : ''
  if (typeof value === 'number') return `<c${style}><v>${value}</v></c>`
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

/** Text in XML, without the control characters that XML has no way to write. */
function escaped(text: string): string {
  const written = [...text.toWellFormed()]
    .filter((character) => character >= ' ' || '\t\n\r'.includes(character))
    .join('')
  return markupText(written)
}
