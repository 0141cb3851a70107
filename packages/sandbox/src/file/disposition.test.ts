import { describe, expect, test } from 'vitest'
import { cleanFileName, downloadDisposition, fileDisposition } from './disposition.ts'

// What Odoo 18 answered for attachments of these names.
const NAMES: readonly (readonly [string, string])[] = [
  ['p.svg', 'inline; filename=p.svg'],
  ['Azure Interior.png', 'inline; filename="Azure Interior.png"'],
  ['x"y.txt', 'inline; filename="x\\"y.txt"'],
  ['text/plain.txt', 'inline; filename="text/plain.txt"'],
  ['golden é.txt', `inline; filename="golden e.txt"; filename*=UTF-8''golden%20%C3%A9.txt`],
  ['日本.json', `inline; filename=.json; filename*=UTF-8''%E6%97%A5%E6%9C%AC.json`],
  [
    'pub "q" \\x;ü.txt',
    `inline; filename="pub \\"q\\" \\\\x;u.txt"; filename*="UTF-8''pub%20%22q%22%20%5Cx;%C3%BC.txt"`,
  ],
]

describe('the name of a file', () => {
  test.each(NAMES)('%s is written as werkzeug writes it', (name, header) => {
    expect(fileDisposition(name, false)).toBe(header)
  })

  test('says whether the file is to be saved', () => {
    expect(fileDisposition('other.txt', true)).toBe('attachment; filename=other.txt')
  })

  test('cannot begin another header, whatever is in it', () => {
    const header = fileDisposition('a\r\nset-cookie: x=é\u0000\ud800', true)
    expect(header).toMatch(/^[\x20-\x7e]*$/)
  })

  test('is percent-encoded in a download that Odoo names itself', () => {
    expect(downloadDisposition('Partner Tags (res.partner.category).csv')).toBe(
      "attachment; filename*=UTF-8''Partner%20Tags%20%28res.partner.category%29.csv",
    )
  })

  test('has nothing in it that a file system dislikes, and does not begin with a dot', () => {
    expect(cleanFileName('..a/b:c*é (1)[2].csv')).toBe('abcé (1)[2].csv')
    expect(cleanFileName('/:*')).toBe('Untitled')
  })
})
