import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadXmlCall, readXmlCall } from './read-call.ts'
import { BadScalar } from './read-scalar.ts'
import { xmlAnswer } from './write-answer.ts'

const DIALECT = { readsMoments: true }

function call(inner: string): string {
  return `<?xml version="1.0"?><methodCall><methodName>m</methodName><params><param>${inner}</param></params></methodCall>`
}

/** The one param that is written so. */
function read(value: string, dialect = DIALECT): unknown {
  return readXmlCall(call(`<value>${value}</value>`), dialect).params[0]
}

/** What Python 3.12 reads of these values. */
const VALUES: readonly (readonly [xml: string, value: unknown])[] = [
  ['abc', 'abc'],
  ['', ''],
  ['<string></string>', ''],
  ['<string> a </string>', ' a '],
  ['<string>a&lt;b&gt;&amp;&#233;&#x1F600;</string>', 'a<b>&é😀'],
  ['<string><![CDATA[x<y]]></string>', 'x<y'],
  ['<int>5</int>', 5],
  ['<int> 7 </int>', 7],
  ['<i4>-5</i4>', -5],
  ['<i8>9007199254740991</i8>', 9007199254740991],
  ['<ex:i8 xmlns:ex="urn:x">5</ex:i8>', 5],
  ['<double>1.5</double>', 1.5],
  ['<double>-1e-3</double>', -0.001],
  ['<boolean>1</boolean>', true],
  ['<boolean>0</boolean>', false],
  ['<nil/>', null],
  ['<base64>aGVs\nbG8=</base64>', 'hello'],
  ['<dateTime.iso8601>20200102T03:04:05</dateTime.iso8601>', '2020-01-02 03:04:05'],
  ['<array><data/></array>', []],
  ['<array></array>', []],
  [
    '<array><data><value>a</value><value><array><data><value><int>1</int></value></data></array></value></data></array>',
    ['a', [1]],
  ],
  ['<struct></struct>', {}],
  [
    '<struct><member><name>a</name><value>b</value></member><member><name>c</name><value><struct/></value></member></struct>',
    { a: 'b', c: {} },
  ],
  ['\n  <int>3</int>\n  ', 3],
]

describe('a value of an XML-RPC call', () => {
  test.each(VALUES)('%s', (xml, value) => expect(read(xml)).toEqual(value))

  test('a name of an object is no way to its prototype', () => {
    const struct = '<struct><member><name>__proto__</name><value><struct/></value></member></struct>'
    expect(Object.hasOwn(read(struct) as object, '__proto__')).toBe(true)
  })

  test('a moment stays text in a version that does not read it', () => {
    const moment = '<dateTime.iso8601>20200102T03:04:05</dateTime.iso8601>'
    expect(read(moment, { readsMoments: false })).toBe('20200102T03:04:05')
  })
})

describe('a call of XML-RPC', () => {
  test('needs no params, whatever its element is called', () => {
    expect(readXmlCall('<x><methodName>version</methodName></x>', DIALECT)).toEqual({ method: 'version', params: [] })
  })

  test('is read whatever stands in front of it', () => {
    const document =
      '\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE methodCall>\n<methodCall><methodName>m</methodName></methodCall>'
    expect(readXmlCall(document, DIALECT).method).toBe('m')
  })

  test('nested 10,000 deep is read without a stack', () => {
    const depth = 10_000
    const nested = '<array><data><value>'.repeat(depth) + '</value></data></array>'.repeat(depth)
    expect(Array.isArray(read(nested))).toBe(true)
  })

  test('with a list of 200,000 ids is read', () => {
    const ids = '<value><int>1</int></value>'.repeat(200_000)
    expect(read(`<array><data>${ids}</data></array>`)).toHaveLength(200_000)
  })

  test('what is written is what is read', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/gu, ''))
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.boolean(),
        text,
        fc.array(tie('any')),
        fc.dictionary(text, tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(value, (given) => {
        const params = /<params>.*<\/params>/s.exec(xmlAnswer(given))?.[0]
        expect(readXmlCall(`<methodCall><methodName>m</methodName>${params}</methodCall>`, DIALECT).params).toEqual([
          given,
        ])
      }),
    )
  })
})

/** Bodies that no call is in: for each, Odoo answers a fault. */
const BAD: readonly (readonly [name: string, body: string])[] = [
  ['nothing', ''],
  ['JSON', '{"a":1}'],
  ['an element that is not closed', '<methodCall>'],
  ['two documents', '<methodCall><methodName>m</methodName></methodCall><x/>'],
  ['no method', '<methodCall/>'],
  ['an answer', '<methodResponse><params><param><value>1</value></param></params></methodResponse>'],
  ['a fault', call('<fault><value><struct/></value></fault>')],
  ['a type that is none', call('<value><foo>1</foo></value>')],
  ['a member without a value', call('<value><struct><member><name>a</name></member></struct></value>')],
  ['a member outside of a struct', call('<value><member><name>a</name><value>b</value></member></value>')],
  ['a struct without members', call('<value><struct><value>a</value></struct></value>')],
  ['a number that is none', call('<value><int>x</int></value>')],
  ['an empty number', call('<value><int></int></value>')],
  ['a fraction that is none', call('<value><double>x</double></value>')],
  ['a boolean in words', call('<value><boolean>true</boolean></value>')],
  ['a day without a time', call('<value><dateTime.iso8601>2020-01-02</dateTime.iso8601></value>')],
  ['a day that there is not', call('<value><dateTime.iso8601>20200230T00:00:00</dateTime.iso8601></value>')],
  ['a control character', call('<value>\u0001</value>')],
  ['an entity that nobody declared', call('<value>&nope;</value>')],
  [
    'an entity of the document, which is not expanded',
    `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${call('<value>&b;</value>').slice(21)}`,
  ],
  [
    'an entity from a file',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${call('<value>&a;</value>').slice(21)}`,
  ],
]

describe('no call of XML-RPC', () => {
  test.each(BAD)('%s', (_name, body) => {
    let error: unknown
    try {
      readXmlCall(body, DIALECT)
    } catch (thrown) {
      error = thrown
    }
    expect(error instanceof BadXmlCall || error instanceof BadScalar).toBe(true)
  })

  test('any text is a call or is refused as none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<value>', '</value>', '<int>', '</int>', '1', '<struct>', '</struct>', '&', ']]>')),
        (parts) => {
          try {
            read(parts.join(''))
          } catch (error) {
            expect(error instanceof BadXmlCall || error instanceof BadScalar).toBe(true)
          }
        },
      ),
    )
  })
})

test('a number of any length takes no longer than its digits', () => {
  expect(() => read(`<double>${'1'.repeat(2_000_000)}e</double>`)).toThrow('could not convert')
})
