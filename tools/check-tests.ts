import { codeOf, lineAt } from './source-code.ts'
import { type Finding, readFiles, report, type SourceFile } from './source-file.ts'

/** A way to leave tests out. Patterns match in code without comments and literals. */
type Omission = {
  readonly pattern: RegExp
  readonly message: string
  /** Whether the place says why it leaves them out. */
  readonly hasReason: (call: string, lineAbove: string) => boolean
}

const OMISSIONS: readonly Omission[] = [
  {
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.only\b/g,
    message: '.only leaves out every other test',
    hasReason: () => false,
  },
  {
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|todo)\b/g,
    message: "leaves a test out for good: remove it, or call skip(condition, 'why') in it",
    hasReason: () => false,
  },
  {
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skipIf|runIf)\b/g,
    message: 'leaves tests out without a reason: write `// skip: <when and why>` above it',
    hasReason: (_, lineAbove) => /^\s*\/\/ skip: \S/.test(lineAbove),
  },
  {
    pattern: /(?<![\w$])skip\((?:[^,()]|\([^()]*\))*\)/g,
    message: "leaves a test out without a reason: skip('why') or skip(condition, 'why')",
    hasReason: (call) => /^skip\(\s*['"`]/.test(call),
  },
]

/** Finds tests that are left out without a reason. What `skip('why')` leaves out is printed at the end of a run. */
export function checkTests(files: readonly SourceFile[]): readonly Finding[] {
  return files.flatMap(({ path, text }) => {
    const code = codeOf(text)
    const lines = text.split('\n')
    return OMISSIONS.flatMap(({ pattern, message, hasReason }) =>
      [...code.matchAll(pattern)]
        .map((match) => ({ call: match[0], line: lineAt(text, match.index) }))
        .filter(({ call, line }) => !hasReason(call, lines[line - 2] ?? ''))
        .map(({ line }) => ({ path, line, message })),
    )
  })
}

/** Checks the checkout. */
export function checkTestsOfCheckout(): readonly Finding[] {
  return checkTests(readFiles(['.test.ts', '.fixture.ts']))
}

if (import.meta.main) report('tests', checkTestsOfCheckout())
