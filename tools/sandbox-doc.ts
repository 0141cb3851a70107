import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { joinAddons } from '../packages/sandbox/src/addons/addons.ts'
import { findMethod } from '../packages/sandbox/src/rpc/call-kw.ts'
import { readInstallation } from '../packages/sandbox/src/schema/installation.ts'
import { readModelFacts } from '../packages/sandbox/src/schema/read-facts.ts'
import { type RealMethods, readRealMethods } from '../packages/sandbox/src/schema/real-methods.ts'
import { ODOO_VERSIONS } from '../packages/sandbox/src/start-options.ts'
import { type OdooVersion, VERSIONS } from '../packages/sandbox/src/version/odoo-version.ts'
import { ROOT } from './source-file.ts'

/** The page about the sandbox; the part between two marks is made here. */
export const SANDBOX_DOC = join(ROOT, 'docs/sandbox.md')

/** The page that lists what the sandbox lacks; all of it is made here. */
export const GAPS_DOC = join(ROOT, 'docs/sandbox-gaps.md')

const COMMAND = 'node scripts/run.mjs node tools/sandbox-doc.ts'
const BEGIN = `<!-- models: made by \`${COMMAND}\` -->`
const END = '<!-- end of models -->'

/** What the folders of the addons are about. */
const AREAS: Readonly<Record<string, string>> = {
  base: 'contacts, users, projects',
  ir: 'the installation',
  credentials: 'passwords, keys, second factors',
  mail: 'messages, followers, activities',
  sale: 'products, quotations, orders',
}

/** What the sandbox has and lacks in one version. */
type Inventory = {
  readonly version: OdooVersion
  /** Models with records, by the folder of their addon. */
  readonly models: ReadonlyMap<string, string>
  /** Models that it knows by name and rights. */
  readonly named: readonly string[]
  /** Methods that every model of a real server has and none of the sandbox. */
  readonly lacksEverywhere: readonly string[]
  /** The same of single models. */
  readonly lacks: ReadonlyMap<string, readonly string[]>
}

/** The page about the sandbox with what it has and lacks put between the marks. */
export function sandboxDoc(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error('docs/sandbox.md has lost its marks')
  return `${page.slice(0, begin + BEGIN.length)}\n\n${modelsPart(ODOO_VERSIONS.map(inventoryOf))}\n${page.slice(end)}`
}

/** The page of what the sandbox lacks. */
export function gapsDoc(): string {
  const versions = ODOO_VERSIONS.map(inventoryOf)
  return `# What the sandbox lacks

<!-- Made by \`${COMMAND}\`: change nothing here. -->

Models and methods of real servers with the apps that the sandbox looks like, by version. [The sandbox](sandbox.md) tells what
it has. A method of these lists is refused in the words in which Odoo refuses one that nobody has, and is told on standard
error once; a model that is known by name can be searched and has no records.
${versions.map(gapsOf).join('')}`
}

function inventoryOf(version: OdooVersion): Inventory {
  const { folders, behaviours, methods } = joinAddons()
  const real = readRealMethods(version)
  const installation = readInstallation(version)
  const abstract = abstractModels()
  const facts = readModelFacts(version, folders)
  const built = new Set(facts.map(({ model }) => model))
  const lacking = (model: string, key = model) =>
    [...(real.get(key) ?? [])].filter(
      (name) => findMethod({ behaviours, methods, version: VERSIONS[version] }, model, name) === undefined,
    )
  const kept = facts.filter(({ model }) => !abstract.has(model))
  return {
    version,
    models: new Map(kept.map(({ model, addon }) => [model, folders[addon] ?? ''])),
    named: installation.map(({ model }) => model).filter((model) => !built.has(model) && !abstract.has(model)),
    lacksEverywhere: lacking('base'),
    lacks: lackedByModel(
      kept.map(({ model }) => model),
      real,
      lacking,
    ),
  }
}

/** Models without records of their own: one version's `ir.model` says so more often than the others'. */
function abstractModels(): ReadonlySet<string> {
  const all = ODOO_VERSIONS.flatMap((version) => readInstallation(version))
  return new Set(all.filter(({ abstract }) => abstract).map(({ model }) => model))
}

function lackedByModel(
  models: readonly string[],
  real: RealMethods,
  lacking: (model: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const usual = real.get('base')
  const own = models.map((model) => [model, lacking(model).filter((name) => !usual?.has(name))] as const)
  return new Map(own.filter(([, names]) => names.length > 0))
}

function modelsPart(versions: readonly Inventory[]): string {
  // A model that moved from one addon to another stays in the first.
  const places = new Map(versions.toReversed().flatMap(({ models }) => [...models]))
  const rows = Object.entries(AREAS).map(([folder, area]) => {
    const models = [...places].filter(([, place]) => place === folder).map(([model]) => model)
    const everywhere = models.filter((model) => versions.every((one) => one.models.has(model)))
    const some = models.filter((model) => !everywhere.includes(model))
    const where = Map.groupBy(some, (model) => versionsWith(versions, model))
    const told = [...where].map(([which, names]) => `${which}: ${quoted(names)}`)
    return `| ${area} | ${quoted(everywhere) || 'none'} | ${told.join('; ') || 'none'} |`
  })
  const named = versions.map(({ version, named }) => `${named.length} on ${version}`).join(', ')
  const lacked = [...new Set(versions.flatMap(({ lacksEverywhere }) => lacksEverywhere))].sort()
  return `| | models on 17, 18 and 19 | on some |
|---|---|---|
${rows.join('\n')}

More models of a real installation are known by name only: ${named}.

Methods that every model of a real Odoo has, of one of these versions at least, and none of the sandbox:
${quoted(lacked)}.
`
}

function versionsWith(versions: readonly Inventory[], model: string): string {
  return versions
    .filter(({ models }) => models.has(model))
    .map(({ version }) => version)
    .join(' and ')
}

function gapsOf({ version, named, lacksEverywhere, lacks }: Inventory): string {
  return `
## Odoo ${version}

Models that are known by name only: ${quoted(named)}.

| model | methods that it lacks |
|---|---|
| every model | ${quoted(lacksEverywhere)} |
${[...lacks].map(([model, names]) => `| \`${model}\` | ${quoted(names)} |`).join('\n')}
`
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(SANDBOX_DOC, sandboxDoc(readFileSync(SANDBOX_DOC, 'utf8')))
  writeFileSync(GAPS_DOC, gapsDoc())
}
