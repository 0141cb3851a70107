import type { Operation } from '../engine/contract.ts'
import type { AccessRow, RecordRule } from '../engine/rights.ts'
import type { InstalledModel, InstalledRule } from '../schema/installation.ts'
import { readRuleText } from './rule-text.ts'

const LETTERS: readonly (readonly [string, Operation])[] = [
  ['r', 'read'],
  ['w', 'write'],
  ['c', 'create'],
  ['u', 'unlink'],
]

/** Rights by model, as a real installation has them; a model that it does not have keeps the addons' own. */
export function installedAccess(
  installation: readonly InstalledModel[],
  own: ReadonlyMap<string, readonly AccessRow[]>,
): ReadonlyMap<string, readonly AccessRow[]> {
  const installed = installation.map(({ model, access }): [string, AccessRow[]] => [
    model,
    access.filter(({ active }) => active !== false).map(({ group, may }): AccessRow => [model, group, may]),
  ])
  return new Map([...own, ...installed])
}

/** Record rules by model; those of models without records are left out: there is nothing that they could hide. */
export function installedRules(
  installation: readonly InstalledModel[],
  own: ReadonlyMap<string, readonly RecordRule[]>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly RecordRule[]> {
  const installed = installation
    .filter(({ model }) => known.has(model))
    .map(({ model, rules }): [string, RecordRule[]] => [
      model,
      rules.filter(({ active }) => active !== false).map((rule) => recordRule(model, rule)),
    ])
  return new Map([...own, ...installed])
}

function recordRule(model: string, { name, groups, may, domain }: InstalledRule): RecordRule {
  const value = domain === '' ? undefined : readRuleText(domain)
  const operations = LETTERS.filter(([letter]) => may.includes(letter)).map(([, operation]) => operation)
  return {
    model,
    name,
    groups,
    for: operations,
    domain: (scope) => {
      const read = value?.(scope.named) ?? []
      if (!Array.isArray(read)) throw new TypeError(`The rule ${name} of ${model} is no domain`)
      return read
    },
  }
}
