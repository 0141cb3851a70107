import { expect, test } from 'vitest'
import { checkLayout } from './check-layout.ts'

const LINES_300 = 'const a = 1\n'.repeat(300)

test.each([
  {
    title: 'a file of 301 lines',
    path: 'packages/odoo/src/a.ts',
    text: `${LINES_300}const b = 2\n`,
    says: '301 lines',
  },
  { title: 'a file named utils', path: 'packages/odoo/src/utils.ts', text: '', says: 'utils says nothing' },
  { title: 'a folder named common', path: 'packages/common/src/a.ts', text: '', says: 'common says nothing' },
  { title: 'a test of helpers', path: 'tools/helpers.test.ts', text: '', says: 'helpers says nothing' },
  { title: 'camel case', path: 'tools/readFiles.ts', text: '', says: 'readFiles.ts is not in kebab-case' },
])('$title is found', ({ path, text, says }) => {
  expect(checkLayout([{ path, text }])).toEqual([
    { path, line: expect.any(Number), message: expect.stringContaining(says) },
  ])
})

test.each([
  { title: 'a file of 300 lines', path: 'packages/odoo/src/a.ts', text: LINES_300 },
  { title: 'a long table with a reason', path: 'tools/a.ts', text: `// long: one row a model\n${LINES_300}` },
  { title: 'numbered migrations', path: 'packages/gateway/src/store/migrations/0001-first-schema.ts', text: '' },
])('$title is fine', ({ path, text }) => {
  expect(checkLayout([{ path, text }])).toEqual([])
})
