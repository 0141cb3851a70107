import { codeOf, lineAt } from '../source-code.ts'
import type { Finding, SourceFile } from '../source-file.ts'
import { AMBIENT, AMBIENT_SOURCES } from './house.ts'
import { isTest, roomOf } from './place.ts'

/** Finds where the source of a package reaches for what is passed in: time, randomness, settings, the network. */
export function findAmbient({ path, text }: SourceFile): readonly Finding[] {
  if (!/^packages\/[^/]+\/src\//.test(path) || isTest(path) || roomOf(path) === 'cli') return []
  const code = codeOf(text)
  const allowed = AMBIENT_SOURCES[path] ?? []
  return AMBIENT.filter(({ name }) => !allowed.includes(name)).flatMap(({ name, pattern, instead }) =>
    [...code.matchAll(pattern)].map((match) => ({
      path,
      line: lineAt(text, match.index),
      message: `${name} is for cli only: ${instead}`,
    })),
  )
}
