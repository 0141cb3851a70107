import { describe, expect, test } from 'vitest'
import { OdooFault } from '../fault/odoo-fault.ts'
import { presentXmlFault } from './fault.ts'
import { xmlAnswer } from './write-answer.ts'

const RESULTS: readonly (readonly [result: unknown, value: string])[] = [
  [2, '<int>2</int>'],
  [-(2 ** 31), '<int>-2147483648</int>'],
  [1.5, '<double>1.5</double>'],
  [true, '<boolean>1</boolean>'],
  [false, '<boolean>0</boolean>'],
  ['a<b>&c', '<string>a&lt;b&gt;&amp;c</string>'],
  ['a\u0001\tb\u0000', '<string>a\tb</string>'],
  [[], '<array><data>\n</data></array>'],
  [{}, '<struct>\n</struct>'],
]

describe('a result as XML-RPC', () => {
  test.each(RESULTS)('%j', (result, value) => {
    expect(xmlAnswer(result)).toBe(
      `<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n<value>${value}</value>\n</param>\n</params>\n\n</methodResponse>\n`,
    )
  })

  test('a float keeps its fraction, however whole it is', () => {
    const answer = xmlAnswer([{ rounding: 1, id: 1 }], new Set(['rounding']))
    expect(answer).toContain('<name>rounding</name>\n<value><double>1.0</double></value>')
    expect(answer).toContain('<name>id</name>\n<value><int>1</int></value>')
  })

  test.each([
    ['None', undefined],
    ['None within', [null]],
  ])('%s cannot be written', (_name, result) => {
    expect(() => xmlAnswer(result)).toThrow('cannot marshal None unless allow_none is enabled')
  })

  test('a whole number beyond 32 bits cannot be written', () => {
    expect(() => xmlAnswer(2 ** 31)).toThrow('int exceeds XML-RPC limits')
  })
})

/** Codes and sentences of both versions, as odoo 18.0 base/controllers/rpc.py has them. */
const FAULTS: readonly (readonly [exception: string, code: number, text: string, sentence: string])[] = [
  ['odoo.exceptions.UserError', 2, 'warning -- UserError\n\nNo', ''],
  ['odoo.exceptions.ValidationError', 2, 'warning -- UserError\n\nNo', ''],
  ['odoo.exceptions.MissingError', 2, 'warning -- MissingError\n\nNo', ''],
  ['odoo.exceptions.RedirectWarning', 2, 'warning -- Warning\n\nNo', ''],
  ['odoo.exceptions.AccessError', 4, 'warning -- AccessError\n\nNo', ''],
  ['odoo.exceptions.AccessDenied', 3, 'AccessDenied', 'No'],
]

describe('a failure as XML-RPC', () => {
  test.each(FAULTS)('%s', (exception, code, text, sentence) => {
    const fault = new OdooFault(exception, 'No')
    expect(presentXmlFault(fault, 2)).toContain(`<value><int>${code}</int></value>`)
    expect(presentXmlFault(fault, 2)).toContain('<value><string>No</string></value>')
    expect(presentXmlFault(fault, 1)).toContain(`<value><string>${text}</string></value>`)
    expect(presentXmlFault(fault, 1)).toContain(`<value><string>${sentence}</string></value>`)
  })

  test("an error of Python's is code 1 or its message, with a traceback that tells nothing of the sandbox", () => {
    const fault = new OdooFault('builtins.ValueError', 'bad')
    expect(presentXmlFault(fault, 2)).toContain('<value><int>1</int></value>')
    expect(presentXmlFault(fault, 1)).toContain('<value><string>bad</string></value>')
    const traceback = 'Traceback (most recent call last):\n  kept by the sandbox\nValueError: bad\n'
    for (const version of [1, 2] as const) expect(presentXmlFault(fault, version)).toContain(traceback)
  })
})
