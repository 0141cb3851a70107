import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

/** What a run of tests came to. */
export type Tally = {
  readonly passed: number
  /** Failed tests, files that could not be loaded, hooks and whatever else went wrong outside tests. */
  readonly failed: number
  readonly skipped: number
  /** Each skipped test that says why. */
  readonly reasons: readonly string[]
}

/** What decides the last words of a run beside its tally. */
export type RunFacts = {
  /** Every test has to run (`REQUIRE_ALL=1`, as on CI). */
  readonly requireAll: boolean
  readonly interrupted: boolean
}

/**
 * A reporter that ends a run with one plain line, `N passed, N failed, N skipped`, for people and programs that read
 * only the end. Before it stands why tests were skipped. With `REQUIRE_ALL=1` a skipped test fails the run, so that
 * nothing is left out unseen where everything is installed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tally = tallyOf(modules, unhandled.length)
    const run = { requireAll: process.env.REQUIRE_ALL === '1', interrupted: reason === 'interrupted' }
    if (run.requireAll && tally.skipped > 0) process.exitCode = 1
    process.stdout.write(closingText(tally, run))
  }
}

/** Counts the tests of a run. A run without any test counts as one failure: its gateway could not be started. */
export function tallyOf(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length
  const failed = count('failed') + suites.reduce((sum, suite) => sum + suite.errors().length, unhandledErrors)
  return {
    passed: count('passed'),
    failed: tests.length === 0 && failed === 0 ? 1 : failed,
    skipped: count('skipped'),
    reasons: tests.flatMap((test) => {
      const result = test.result()
      return result.state === 'skipped' && result.note ? [`${test.fullName}: ${result.note}`] : []
    }),
  }
}

/** The text that ends a run; its last line is the tally. */
export function closingText(tally: Tally, run: RunFacts): string {
  const lines = tally.reasons.map((reason) => `skipped: ${reason}`)
  if (run.requireAll && tally.skipped > 0) lines.push('REQUIRE_ALL=1: skipped tests fail the run.')
  if (run.interrupted) lines.push('The run was interrupted.')
  lines.push(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
  return `${lines.join('\n')}\n`
}
