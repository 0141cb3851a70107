import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { headingsOf, linksOf, namedPathsOf, namedScriptsOf, type Reference } from './markdown.ts'
import { type Finding, ROOT, readFiles, report, type SourceFile } from './source-file.ts'

/** What documents may refer to. */
export type Checkout = {
  /** Whether there is a file or folder at a path from the root. */
  readonly exists: (path: string) => boolean
  /** The files and folders at the root: a path in backquotes that begins with one of them must exist. */
  readonly rootEntries: readonly string[]
  /** The source files: a document may name one by the end of its path (`policy/decide-read.ts`). */
  readonly sources: readonly string[]
  /** The names that `npm run` takes. */
  readonly scripts: readonly string[]
}

/** Documents that tell how things were, not how they are: only their links have to hold. */
const HISTORY = /^(?:CHANGELOG\.md|docs\/decisions\/)/

const SOURCE = /\.(?:ts|mjs|cjs)$/

/** Finds what documents promise and the checkout does not hold: links, headings, paths and scripts. */
export function checkDocs(documents: readonly SourceFile[], checkout: Checkout): readonly Finding[] {
  const headings = new Map(documents.map(({ path, text }) => [path, headingsOf(text)]))
  return documents.flatMap(({ path, text }) => {
    const wrongLinks = linksOf(text).filter(({ name }) => !linkHolds(path, name, headings, checkout))
    const findings = wrongLinks.map((link) => finding(path, link, 'leads nowhere'))
    if (HISTORY.test(path)) return findings
    const wrongPaths = namedPathsOf(text).filter(({ name }) => !pathHolds(name, checkout))
    const wrongScripts = namedScriptsOf(text).filter(({ name }) => !checkout.scripts.includes(name))
    return [
      ...findings,
      ...wrongPaths.map((named) => finding(path, named, 'does not exist')),
      ...wrongScripts.map((named) => finding(path, named, 'is no script of package.json')),
    ]
  })
}

/** Checks the checkout. */
export function checkDocsOfCheckout(): readonly Finding[] {
  const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  )
  return checkDocs(readFiles(['.md']), {
    exists: (path) => existsSync(join(ROOT, path)),
    rootEntries: readdirSync(ROOT),
    sources: readFiles(['.ts', '.mjs', '.cjs']).map(({ path }) => path),
    scripts: Object.keys(manifest.scripts),
  })
}

function linkHolds(
  path: string,
  link: string,
  headings: ReadonlyMap<string, readonly string[]>,
  checkout: Checkout,
): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return true
  const [file = '', heading] = decodeURIComponent(link).split('#')
  const target = file === '' ? path : posix.join(posix.dirname(path), file)
  if (!checkout.exists(target)) return false
  return heading === undefined || headings.get(target)?.includes(heading) !== false
}

/** A path that looks like none of ours holds: `POST /api/login`, `text/html`. */
function pathHolds(path: string, checkout: Checkout): boolean {
  if (checkout.rootEntries.includes(path.split('/')[0] ?? '')) return checkout.exists(path)
  return !SOURCE.test(path) || checkout.sources.some((source) => source.endsWith(`/${path}`))
}

function finding(path: string, { name, line }: Reference, wrong: string): Finding {
  return { path, line, message: `${name} ${wrong}` }
}

if (import.meta.main) report('docs', checkDocsOfCheckout())
