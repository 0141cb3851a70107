import type { PDFFont } from 'pdf-lib'
import type { ReportPage } from './report.ts'

/** A4 in points, and the margin of every side. */
const WIDTH = 595
const HEIGHT = 842
const MARGIN = 56

/** Values begin here, so that labels stand in a column of their own. */
const VALUES_AT = 230

/** A report as a PDF file: a page a record, or an empty one. `nowMs` is the moment it says it was made at. */
export async function reportPdf(pages: readonly ReportPage[], title: string, nowMs: number): Promise<Buffer> {
  // Most sandboxes never print anything, and start faster for it.
  const { PDFDocument, StandardFonts } = await import('pdf-lib')
  const document = await PDFDocument.create()
  document.setTitle(title)
  document.setProducer('Odoo look-alike')
  document.setCreationDate(new Date(nowMs))
  document.setModificationDate(new Date(nowMs))
  const plain = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  if (pages.length === 0) document.addPage([WIDTH, HEIGHT])
  for (const page of pages) {
    const sheet = document.addPage([WIDTH, HEIGHT])
    const top = HEIGHT - MARGIN
    sheet.drawText(fitting(bold, 20, page.title, WIDTH - 2 * MARGIN), { x: MARGIN, y: top - 20, size: 20, font: bold })
    for (const [index, [label, value]] of page.lines.entries()) {
      const y = top - 60 - index * 20
      const labelText = fitting(bold, 11, label, VALUES_AT - MARGIN - 8)
      sheet.drawText(labelText, { x: MARGIN, y, size: 11, font: bold })
      sheet.drawText(fitting(plain, 11, value, WIDTH - MARGIN - VALUES_AT), { x: VALUES_AT, y, size: 11, font: plain })
    }
  }
  return Buffer.from(await document.save())
}

/** The text on one line, cut where the line ends. The standard fonts have Latin letters only: others are question marks. */
function fitting(font: PDFFont, size: number, text: string, width: number): string {
  const known = new Set(font.getCharacterSet())
  let shown = ''
  for (const character of text.normalize('NFC')) {
    const next = shown + (known.has(character.codePointAt(0) ?? 0) ? character : '?')
    if (font.widthOfTextAtSize(next, size) > width) break
    shown = next
  }
  return shown
}
