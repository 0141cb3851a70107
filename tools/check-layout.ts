import { type Finding, readFiles, report, type SourceFile } from './source-file.ts'

/** The length at which a file has to say why it is not two. Lines. */
const LONG_FILE_LINES = 300

/** Names that tell the technique or nothing at all; a name tells the topic. */
const EMPTY_NAMES = new Set(['common', 'helper', 'helpers', 'manager', 'misc', 'shared', 'util', 'utils'])

/** Finds long files that do not say why, names that say nothing, and names that are not in kebab-case. */
export function checkLayout(files: readonly SourceFile[]): readonly Finding[] {
  return files.flatMap((file) => [...findLongFile(file), ...findNames(file.path)])
}

/** Checks the checkout. */
export function checkLayoutOfCheckout(): readonly Finding[] {
  return checkLayout(readFiles(['.ts', '.tsx', '.mjs', '.cjs']))
}

function findLongFile({ path, text }: SourceFile): readonly Finding[] {
  const lines = text.trimEnd().split('\n').length
  if (lines <= LONG_FILE_LINES || /^\/\/ long: \S/m.test(text)) return []
  const message = `${lines} lines: look for the second concept, or say \`// long: <reason>\` where it is a table`
  return [{ path, line: LONG_FILE_LINES, message }]
}

function findNames(path: string): readonly Finding[] {
  return path.split('/').flatMap((name) => {
    const [stem = ''] = name.replace(/^\./, '').split('.')
    if (EMPTY_NAMES.has(stem)) return [{ path, line: 1, message: `the name ${stem} says nothing: name the topic` }]
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(stem)) return [{ path, line: 1, message: `${name} is not in kebab-case` }]
    return []
  })
}

if (import.meta.main) report('layout', checkLayoutOfCheckout())
