import { parse as parseYaml } from 'yaml'
import type { z } from 'zod'

/** One wrong setting: where it is (`tokens.accessTtlSeconds`, or the variable `PORT`) and what to do. */
export type SettingsFault = { readonly path: string; readonly message: string }

/** Thrown when any setting is wrong; names every fault, not only the first. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly faults: readonly SettingsFault[]

  constructor(faults: readonly SettingsFault[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.message}`).join('\n'))
    this.faults = faults
  }
}

/** What is wrong, in words for people: zod's own words for a wrong type are for programmers. */
export function explainIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ')
    return `has ${issue.keys.length === 1 ? 'a setting that is' : 'settings that are'} not known: ${names}`
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) return `must be one of ${issue.values.join(', ')}`
  return issue.message
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'settings by name',
  string: 'a text',
}

/** YAML (or JSON, which is YAML) as the object that it holds. Throws SettingsError with the name of the file. */
export function parseYamlObject(name: string, text: string, example: string): { [key: string]: unknown } {
  let content: unknown
  try {
    content = parseYaml(text, { maxAliasCount: 20 }) ?? {}
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').replace(/:$/, '') : ''
    throw new SettingsError([{ path: name, message: `is not valid YAML: ${reason}` }])
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new SettingsError([{ path: name, message: `must hold settings by name, such as "${example}"` }])
  }
  return content as { [key: string]: unknown }
}
