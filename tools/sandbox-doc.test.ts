import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GAPS_DOC, gapsDoc, SANDBOX_DOC, sandboxDoc } from './sandbox-doc.ts'

const HOW = '`node scripts/run.mjs node tools/sandbox-doc.ts` makes it anew'

test(`docs/sandbox.md lists the models that the sandbox has; ${HOW}`, () => {
  const page = readFileSync(SANDBOX_DOC, 'utf8')
  expect(page).toBe(sandboxDoc(page))
})

test(`docs/sandbox-gaps.md lists what a real Odoo has and the sandbox has not; ${HOW}`, () => {
  expect(readFileSync(GAPS_DOC, 'utf8')).toBe(gapsDoc())
})
