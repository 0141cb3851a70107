import { expect, test } from 'vitest'
import { findCycles } from './find-cycles.ts'

/** Files of a package, with what each imports. */
function files(imports: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(imports).map(([path, specifiers]) => ({
    path: `src/${path}`,
    text: specifiers.map((specifier) => `import type { A } from '${specifier}'\n`).join(''),
  }))
}

test('two files that import each other, with the line of the first', () => {
  expect(findCycles(files({ 'a/one.ts': ['./two.ts'], 'a/two.ts': ['./three.ts', './one.ts'] }))).toEqual([
    { path: 'src/a/one.ts', line: 1, message: 'import cycle: src/a/one.ts → src/a/two.ts → src/a/one.ts' },
  ])
})

test('two folders that import each other through different files', () => {
  expect(findCycles(files({ 'a/one.ts': ['../b/two.ts'], 'b/three.ts': ['./four.ts', '../a/five.ts'] }))).toEqual([
    { path: 'src/a/one.ts', line: 1, message: 'import cycle: src/a → src/b → src/a' },
  ])
})

test.each([
  { title: 'a folder and the file above it', imports: { 'index.ts': ['./a/one.ts'], 'a/one.ts': ['../words.ts'] } },
  { title: 'arrows that all point one way', imports: { 'a/one.ts': ['../b/two.ts'], 'b/two.ts': ['../c/three.ts'] } },
  { title: 'a test', imports: { 'a/one.ts': ['./two.ts'], 'a/two.test.ts': ['./one.ts'] } },
])('no cycle: $title', ({ imports }) => {
  expect(findCycles(files(imports))).toEqual([])
})
