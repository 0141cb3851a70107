import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'

/** What a run of tests came to. `failed` counts files that could not be loaded and errors outside tests as well. */
export type Tally = {
  passed: number
  failed: number
  skipped: readonly SkippedTest[]
}

/** A test that did not run, with the reason that it gave. */
export type SkippedTest = { readonly name: string; readonly reason: string | undefined }

/**
 * Ends a run with one plain line, `N passed, N failed, N skipped`, for people and programs that read only the end;
 * before it every skipped test with its reason. With `REQUIRE_ALL=1` (CI) a skipped test fails the run, so that
 * nothing is left out unseen where everything is installed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tally = tallyOf(modules, unhandled.length)
    const incomplete = process.env.REQUIRE_ALL === '1' && tally.skipped.length > 0
    if (incomplete) process.exitCode = 1
    process.stdout.write(closingText(tally, { incomplete, interrupted: reason === 'interrupted' }))
  }
}

/** Counts the tests of a run. */
export function tallyOf(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const skipped: SkippedTest[] = []
  let passed = 0
  let failed = unhandledErrors
  for (const module of modules) {
    failed += module.errors().length
    for (const suite of module.children.allSuites()) failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const state = test.result().state
      if (state === 'passed') passed += 1
      else if (state === 'failed') failed += 1
      else skipped.push({ name: test.fullName, reason: reasonOf(test) })
    }
  }
  return { passed, failed, skipped }
}

/** The text that ends a run; its last line is the tally. */
export function closingText(
  tally: Tally,
  run: { readonly incomplete: boolean; readonly interrupted: boolean },
): string {
  const lines = tally.skipped.map(({ name, reason }) => `skipped: ${name}: ${reason ?? 'no reason given'}`)
  if (run.incomplete) lines.push('REQUIRE_ALL=1: a skipped test fails the run.')
  if (run.interrupted) lines.push('The run was interrupted.')
  lines.push(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`)
  return `${lines.join('\n')}\n`
}

function reasonOf(test: TestCase): string | undefined {
  const result = test.result()
  return result.state === 'skipped' ? result.note : undefined
}
