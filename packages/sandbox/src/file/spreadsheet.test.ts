import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { csvText } from './csv.ts'
import { workbook } from './workbook.ts'

describe('CSV', () => {
  test('quotes every cell and ends lines with CR LF (RFC 4180)', () => {
    expect(csvText(['Name', 'Color'], [['Vendor "A"', '2']])).toBe('"Name","Color"\r\n"Vendor ""A""","2"\r\n')
  })

  test.each(['=1+1', '+1', '-1'])('marks %s as text, since spreadsheets run it', (cell) => {
    expect(csvText([], [[cell]])).toBe(`\r\n"'${cell}"\r\n`)
  })
})

describe('a workbook', () => {
  test('is a zip with one sheet, in which text is text and numbers are numbers', async () => {
    const file = await workbook(
      [[{ value: 'A & <b>\u0001', bold: true }], [{ value: 1.5 }, { value: '=1' }]],
      Date.UTC(2026, 10, 20),
    )
    const parts = unzipSync(file)
    expect(Object.keys(parts)).toContain('[Content_Types].xml')
    const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? []).toString('utf8')
    expect(sheet).toContain('<c s="1" t="inlineStr"><is><t xml:space="preserve">A &amp; &lt;b&gt;</t></is></c>')
    expect(sheet).toContain('<c><v>1.5</v></c><c t="inlineStr"><is><t xml:space="preserve">=1</t></is></c>')
  })
})
