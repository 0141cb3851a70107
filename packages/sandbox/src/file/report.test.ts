import { PDFDocument } from 'pdf-lib'
import { describe, expect, test } from 'vitest'
import { reportHtml } from './report-html.ts'
import { reportPdf } from './report-pdf.ts'

const PAGES = [
  { title: 'Azure <Interior>', lines: [['Name', 'Azure & Söhne']] as const },
  { title: '日本', lines: [['A label that is far too long for its column', 'x'.repeat(500)]] as const },
]

describe('a report', () => {
  test('as a PDF has a page a record, its title, and the moment it was made at', async () => {
    const file = await reportPdf(PAGES, 'Technical guide', Date.UTC(2026, 10, 20))
    expect(file.toString('latin1', 0, 5)).toBe('%PDF-')
    const read = await PDFDocument.load(file, { updateMetadata: false })
    expect(read.getPageCount()).toBe(2)
    expect(read.getTitle()).toBe('Technical guide')
    expect(read.getCreationDate()).toEqual(new Date(Date.UTC(2026, 10, 20)))
  })

  test('about nothing is an empty page', async () => {
    const read = await PDFDocument.load(await reportPdf([], 'Nothing', 0))
    expect(read.getPageCount()).toBe(1)
  })

  test('as a page shows values as text, never as markup', () => {
    const html = reportHtml(PAGES)
    expect(html).toContain('<title>Odoo Report</title>')
    expect(html).toContain('Azure &lt;Interior&gt;')
    expect(html).toContain('Azure &amp; Söhne')
  })
})
