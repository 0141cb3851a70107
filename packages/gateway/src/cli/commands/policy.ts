import { writeFileSync } from 'node:fs'
import {
  type ApiPlan,
  applyPolicy,
  type PolicyDeps,
  type PolicyPlan,
  planPolicy,
} from '../../administration/apply-policy.ts'
import { loadEffectiveApis } from '../../administration/effective-apis.ts'
import { readPolicyFile, writePolicyFile } from '../../config/policy-file.ts'
import { documentOf } from '../../policy/api-document.ts'
import { EXIT_CONFIG } from '../command-line/failure.ts'
import { type AddCommands, BY, CommandError } from '../command-line/frame.ts'
import type { Node } from '../command-line/node.ts'
import { readText } from '../command-line/read-text.ts'
import { databaseNames, givenApis } from '../configured.ts'

/** `apply` and `export`: APIs as a file, to be kept in git. */
export const addPolicyCommands: AddCommands = (program, frame) => {
  program
    .command('apply')
    .description('set the APIs of a policy file; a running gateway takes them in within 5 seconds')
    .argument('<file>', 'YAML or JSON with "apis:", as `gatehouse export` writes it; "-" reads standard input')
    .option(
      '--check',
      'change nothing; exit code 1 when something would change, 0 when nothing, 78 when it cannot be told (for CI)',
    )
    .option('--prune', 'remove stored APIs that are not in the file')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nExample:\n  gatehouse export -o policy.yaml && gatehouse apply policy.yaml --check')
    .action((file: string, options: { check?: boolean; prune?: boolean; json?: boolean }) =>
      frame[options.check ? 'onNode' : 'onNewNode']({ ...options, failureExitCode: EXIT_CONFIG }, async (node) => {
        const wanted = readPolicyFile(file, readText(file), databaseNames(node.settings))
        const wish = { wanted, prune: options.prune ?? false }
        const planned = options.check
          ? await planPolicy(wish, policyDeps(node))
          : await applyPolicy(wish, BY, policyDeps(node))
        const exitCode = options.check && planned.changes.length > 0 ? 1 : 0
        return { json: planned, text: describePlan(planned, options.check ?? false), exitCode }
      }),
    )
  program
    .command('export')
    .description('write the APIs that are in effect as a policy file')
    .option('-o, --output <file>', 'the file to write; standard output otherwise')
    .option('--database <name>', 'only the APIs of this database')
    .option('--json', 'write JSON, which is YAML as well')
    .action((options: { output?: string; database?: string; json?: boolean }) =>
      frame.onNode(options, async (node) => {
        const { apis } = await loadEffectiveApis(node.store.db, givenApis(node.settings))
        const documents = apis
          .map(({ api }) => documentOf(api))
          .filter(({ database }) => options.database === undefined || database === options.database)
        if (options.output === undefined) return { json: { apis: documents }, text: writePolicyFile(documents) }
        writeText(
          options.output,
          options.json ? JSON.stringify({ apis: documents }, null, 2) : writePolicyFile(documents),
        )
        const written = { file: options.output, apis: documents.length }
        return { json: written, text: `${count(documents.length, 'API')} written to ${options.output}.` }
      }),
    )
}

/** What looking at policies and changing them takes. */
export function policyDeps({ store, clock, random, settings }: Node): PolicyDeps {
  return { store, clock, random, given: givenApis(settings) }
}

/** What was done, or would be: a line an API, and a line a difference. */
export function describePlan({ changes, unchanged }: PolicyPlan, only: boolean): string {
  if (changes.length === 0) return `Nothing to change: ${count(unchanged, 'API')} as wanted.`
  const lines = changes.flatMap((change) => [
    `${MARKS[change.kind]} ${change.database}/${change.name}`,
    ...(change.kind === 'change' ? change.differences.map(differenceLine) : []),
  ])
  return `${lines.join('\n')}\n${only ? 'Would change' : 'Changed'} ${count(changes.length, 'API')}; ${unchanged} as wanted.`
}

const MARKS = { create: '+', change: '~', remove: '-' } as const satisfies Record<ApiPlan['kind'], string>

function differenceLine({ path, before, after }: ApiPlan['differences'][number]): string {
  return `    ${path}: ${valueText(before)} -> ${valueText(after)}`
}

function valueText(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (cause) {
    throw new CommandError(`The file ${file} cannot be written: check its directory.`, { cause })
  }
}
