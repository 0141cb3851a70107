import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, importsOf } from './source-code.ts'

describe('importsOf', () => {
  test.each([
    { text: "import { a } from './a.ts'", typeOnly: false },
    { text: "import a, { b as c } from './a.ts'", typeOnly: false },
    { text: "import * as a from './a.ts'", typeOnly: false },
    { text: 'import {\n  a,\n  b,\n} from "./a.ts"', typeOnly: false },
    { text: "import './a.ts'", typeOnly: false },
    { text: "export * from './a.ts'", typeOnly: false },
    { text: "export { a } from './a.ts'", typeOnly: false },
    { text: "const a = await import('./a.ts')", typeOnly: false },
    { text: "const a = require('./a.ts')", typeOnly: false },
    { text: "import { type A, b } from './a.ts'", typeOnly: false },
    { text: "import type from './a.ts'", typeOnly: false },
    { text: "import type { A } from './a.ts'", typeOnly: true },
    { text: "import type A from './a.ts'", typeOnly: true },
    { text: "import { type A, type B } from './a.ts'", typeOnly: true },
    { text: "export type { A } from './a.ts'", typeOnly: true },
  ])('finds $text', ({ text, typeOnly }) => {
    expect(importsOf(text)).toEqual([{ specifier: './a.ts', line: 1, typeOnly }])
  })

  test.each([
    "// import { a } from './a.ts'",
    "/* import './a.ts' */",
    "const sample = `import './a.ts'`",
    'const sample = "import \'./a.ts\'"',
    "const pattern = /import '.a'/",
    'export const from = 1',
    "object.import('./a.ts')",
  ])('finds no import in %s', (text) => {
    expect(importsOf(text)).toEqual([])
  })

  test('tells the line of each', () => {
    const text = "/**\n * Words.\n */\nimport a from 'a'\n\nconst b = `\n`\nexport * from './c.ts'\n"
    expect(importsOf(text).map(({ specifier, line }) => [specifier, line])).toEqual([
      ['a', 4],
      ['./c.ts', 8],
    ])
  })
})

describe('codeOf', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the cases are code that holds templates
  test.each([
    { title: 'an escaped quote', text: String.raw`x('it\'s', y)`, code: "x('     ', y)" },
    { title: 'an apostrophe in a comment', text: "a // don't\nb", code: 'a         \nb' },
    { title: 'a template with code in it', text: '`a ${b({ c: 1 })} d`', code: '`  ${b({ c: 1 })}  `' },
    { title: 'a template in a template', text: '`a${`b${c}`}d`', code: '` ${` ${c}`} `' },
    { title: 'a quote in a regular expression', text: "x.split(/['/]/, y)", code: 'x.split(/    /, y)' },
    {
      title: 'an escaped slash in a regular expression',
      text: 'return /a\\/b/.test(c)',
      code: 'return /    /.test(c)',
    },
    { title: 'a division', text: 'a / b / c', code: 'a / b / c' },
  ])('keeps every place: $title', ({ text, code }) => {
    expect(codeOf(text)).toBe(code)
  })

  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the cases are code that holds templates

  test('never throws, and every character keeps its place or becomes a blank', () => {
    const pieces = fc.constantFrom("'", '"', '`', '${', '{', '}', '/', '*', '\\', '\n', '[', ']', 'a', ' ', '(')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('')
        const code = codeOf(text)
        expect(code).toHaveLength(text.length)
        for (const [at, character] of [...code].entries()) {
          if (character !== ' ') expect(character).toBe(text.charAt(at))
        }
      }),
    )
  })
})
