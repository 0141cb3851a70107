import { readFileSync } from 'node:fs'
import type { OdooVersion } from '../version/odoo-version.ts'

/** Code and name of every language that a version could speak, in the order in which it tells them. */
export function languageNames(version: OdooVersion): readonly (readonly [code: string, name: string])[] {
  const text = readFileSync(new URL(`../data/languages-${version}.txt`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [code = '', name = ''] = line.split('\t')
      return [code, name]
    })
}
