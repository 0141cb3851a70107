import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findAmbient } from './arrows/find-ambient.ts'
import { findCycles } from './arrows/find-cycles.ts'
import { type DeclaredPackages, judgeImport } from './arrows/judge-import.ts'
import { WORKSPACE_FOLDERS, workspaceOf } from './arrows/place.ts'
import { importsOf } from './source-code.ts'
import { type Finding, ROOT, readFiles, report, type SourceFile } from './source-file.ts'

/**
 * Finds what breaks the arrows of the house (`arrows/house.ts`): imports between rooms and between workspaces, packages
 * that are not declared, reaching for what is passed in, and import cycles.
 */
export function checkArrows(files: readonly SourceFile[], declared: DeclaredPackages): readonly Finding[] {
  const housed = files.filter(({ path }) => workspaceOf(path) !== undefined)
  const wrongImports = housed.flatMap(({ path, text }) =>
    importsOf(text).flatMap((found): readonly Finding[] => {
      const message = judgeImport(path, found, declared)
      return message === undefined ? [] : [{ path, line: found.line, message }]
    }),
  )
  return [...wrongImports, ...housed.flatMap(findAmbient), ...findCycles(housed)]
}

/** Checks the checkout. */
export function checkArrowsOfCheckout(): readonly Finding[] {
  return checkArrows(readFiles(['.ts']), readDeclaredPackages())
}

function readDeclaredPackages(): DeclaredPackages {
  return {
    byWorkspace: new Map(WORKSPACE_FOLDERS.map((folder) => [folder, packagesOf(`${folder}/package.json`)])),
    forTests: packagesOf('package.json'),
  }
}

function packagesOf(manifest: string): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(ROOT, manifest), 'utf8'))
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)]
}

if (import.meta.main) report('arrows', checkArrowsOfCheckout())
