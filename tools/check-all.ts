import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkArrowsOfCheckout } from './check-arrows.ts'
import { checkDocsOfCheckout } from './check-docs.ts'
import { checkLayoutOfCheckout } from './check-layout.ts'
import { checkTestsOfCheckout } from './check-tests.ts'
import { type Finding, ROOT } from './source-file.ts'

/** What a check came to: nothing to say means that all is well. */
type Outcome = { readonly ok: boolean; readonly details: string }

/** The checks, in the order of their lines. Programs run at the same time as the rest. */
const CHECKS: Readonly<Record<string, () => Outcome | Promise<Outcome>>> = {
  types: () => runTool(['tsc', '-p', 'tsconfig.json']),
  format: () => runTool(['biome', 'check', '--error-on-warnings', '.']),
  arrows: () => listed(checkArrowsOfCheckout()),
  layout: () => listed(checkLayoutOfCheckout()),
  docs: () => listed(checkDocsOfCheckout()),
  tests: () => listed(checkTestsOfCheckout()),
}

/** Runs every check, prints what is wrong and then a line for each; answers whether all is well. */
async function checkAll(): Promise<boolean> {
  const outcomes = await Promise.all(
    Object.entries(CHECKS).map(async ([name, check]) => {
      const start = process.hrtime.bigint()
      const outcome = await check()
      return { name, ...outcome, seconds: Number(process.hrtime.bigint() - start) / 1e9 }
    }),
  )
  for (const { ok, details } of outcomes) if (!ok) process.stdout.write(`${details.trimEnd()}\n\n`)
  for (const { name, ok, seconds } of outcomes) {
    process.stdout.write(`${ok ? 'ok   ' : 'WRONG'} ${name.padEnd(8)} ${seconds.toFixed(1)} s\n`)
  }
  return outcomes.every(({ ok }) => ok)
}

function listed(findings: readonly Finding[]): Outcome {
  return {
    ok: findings.length === 0,
    details: findings.map(({ path, line, message }) => `${path}:${line}: ${message}`).join('\n'),
  }
}

function runTool(args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'scripts/run.mjs'), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let details = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        details += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ ok: code === 0, details }))
  })
}

if (!(await checkAll())) process.exitCode = 1
