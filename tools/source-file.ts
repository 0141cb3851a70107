import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** A file of the repository. */
export type SourceFile = {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Something that is wrong at a place. */
export type Finding = {
  readonly path: string
  /** From 1. */
  readonly line: number
  /** What is wrong and what to do. */
  readonly message: string
}

/** The root of the repository. */
export const ROOT = dirname(import.meta.dirname)

/** Folders that hold nothing written by hand. */
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'coverage', 'data', '.cache'])

/** The files whose name ends with one of `endings`, in the order of their paths. */
export function readFiles(endings: readonly string[], root = ROOT): readonly SourceFile[] {
  return pathsUnder(root)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
}

/** Prints what a check found, a line each, or that all is well; sets the exit code of the process. */
export function report(name: string, findings: readonly Finding[]): void {
  for (const { path, line, message } of findings) process.stdout.write(`${path}:${line}: ${message}\n`)
  process.stdout.write(findings.length === 0 ? `${name}: ok\n` : `${name}: ${findings.length} wrong\n`)
  if (findings.length > 0) process.exitCode = 1
}

function pathsUnder(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : pathsUnder(path)
    return entry.isFile() ? [path] : []
  })
}
