import { expect, test } from 'vitest'
import { findAmbient } from './find-ambient.ts'

const PATH = 'packages/gateway/src/tokens/issue.ts'

test.each([
  { code: 'const secret = process.env.SECRET', says: 'process.env' },
  { code: 'const now = Date.now()', says: 'Date.now' },
  { code: 'const now = new Date()', says: 'new Date()' },
  { code: 'const start = performance.now()', says: 'performance.now' },
  { code: 'const dice = Math.random()', says: 'Math.random' },
  { code: "import { randomBytes } from 'node:crypto'", says: 'randomBytes' },
  { code: 'const id = crypto.randomUUID()', says: 'randomBytes' },
  { code: "const answer = await fetch('https://example.com')", says: 'fetch' },
  { code: "const answer = await globalThis.fetch('https://example.com')", says: 'fetch' },
  { code: "console.log('hello')", says: 'console' },
])('$code is refused in a package, with its line', ({ code, says }) => {
  const findings = findAmbient({ path: PATH, text: `/** Date.now() in words is fine. */\n${code}\n` })
  expect(findings).toEqual([{ path: PATH, line: 2, message: expect.stringContaining(`${says} is for cli only`) }])
})

test.each([
  { path: 'packages/gateway/src/cli/main.ts', code: 'process.env.PORT' },
  { path: 'packages/gateway/src/tokens/issue.test.ts', code: 'Date.now()' },
  { path: 'packages/gateway/src/kernel/clock.ts', code: 'Date.now()' },
  { path: 'tools/smoke.ts', code: 'fetch(url)' },
  { path: PATH, code: 'new Date(clock.nowMs())' },
  { path: PATH, code: 'await odoo.fetch(url)' },
  { path: PATH, code: 'type Engine = { randomBytes(size: number): Buffer }' },
  { path: PATH, code: 'const bytes = engine.randomBytes(16)' },
  { path: PATH, code: "throw new Error('call Date.now() yourself')" },
])('$code is allowed in $path', ({ path, code }) => {
  expect(findAmbient({ path, text: code })).toEqual([])
})
