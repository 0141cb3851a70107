import { parse as parseYaml } from 'yaml'
import type { z } from 'zod'
import { type Environment, overlayEnvironment, variableAt } from './environment.ts'
import { Settings } from './settings.ts'

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

/** What the settings are read from. Reading has no side effects: the caller has read the file already. */
export type SettingsSources = {
  readonly environment: Environment
  /** The settings file, if there is one: its name for messages, and its text (YAML or JSON). */
  readonly file?: { readonly name: string; readonly text: string }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Reads the settings once. Environment beats file beats default.
 *
 * @throws SettingsError with every fault at once, each by its path.
 */
export function loadSettings({ environment, file }: SettingsSources): Settings {
  const raw = overlayEnvironment(file === undefined ? {} : readFile(file), environment)
  const parsed = Settings.safeParse(raw)
  const faults = (parsed.error?.issues ?? []).map((issue) => ({
    path: variableAt(issue.path, environment) ?? showPath(issue.path, file?.name),
    message: explain(issue, environment),
  }))
  if (!parsed.success) throw new SettingsError(faults)
  const host = parsed.data.host.includes(':') ? `[${parsed.data.host}]` : parsed.data.host
  const settings: Settings = { ...parsed.data, url: parsed.data.url ?? `http://${host}:${parsed.data.port}` }
  const together = checkTogether(settings)
  if (together.length > 0) throw new SettingsError(together)
  return settings
}

/** Zod's words for a wrong type are for programmers. */
function explain(issue: z.core.$ZodIssue, environment: Environment): string {
  if (issue.code === 'invalid_type' && issue.path[0] === 'databases' && (environment.ODOO_URL || environment.ODOO_DB)) {
    return 'must be set, too: ODOO_URL and ODOO_DB go together'
  }
  if (issue.code === 'invalid_type') return `must be ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ')
    return `has ${issue.keys.length === 1 ? 'a setting that is' : 'settings that are'} not known: ${names}`
  }
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

/** True when nothing but this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The rules that look at more than one setting. */
function checkTogether(settings: Settings): SettingsFault[] {
  const faults: SettingsFault[] = []
  const open = !isLoopback(settings.host)
  if (open && !settings.url.startsWith('https://')) {
    faults.push({
      path: 'GATEHOUSE_URL',
      message: `must be the public https:// address, because HOST ${settings.host} can be reached from other machines`,
    })
  }
  if (open && settings.databases.length === 0 && !settings.sandbox.allowDemo) {
    faults.push({
      path: 'HOST',
      message:
        'must be a loopback address with the sandbox, whose passwords everyone knows; set ODOO_URL and ODOO_DB for an Odoo of yours, or GATEHOUSE_ALLOW_DEMO=1',
    })
  }
  if (settings.postgres !== undefined && settings.secret === undefined) {
    faults.push({
      path: 'GATEHOUSE_SECRET',
      message: 'must be set with DATABASE_URL: every node needs the same master key',
    })
  }
  const names = settings.databases.map((database) => database.name)
  if (new Set(names).size < names.length) {
    faults.push({ path: 'databases', message: 'has two databases of the same name' })
  }
  const known = names.length === 0 ? ['demo'] : names
  const doors = new Set<string>()
  settings.apis.forEach((api, index) => {
    if (!known.includes(api.database)) {
      faults.push({
        path: `apis.${index}.database`,
        message: `is "${api.database}", which is no configured database (there is: ${known.join(', ')})`,
      })
    }
    if (doors.has(`${api.database}/${api.name}`)) {
      faults.push({ path: `apis.${index}.name`, message: 'is the name of another API of this database' })
    }
    doors.add(`${api.database}/${api.name}`)
  })
  return faults
}

function readFile(file: { readonly name: string; readonly text: string }): { [key: string]: unknown } {
  let content: unknown
  try {
    content = parseYaml(file.text, { maxAliasCount: 20 }) ?? {}
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').replace(/:$/, '') : ''
    throw new SettingsError([{ path: file.name, message: `is not valid YAML: ${reason}` }])
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new SettingsError([{ path: file.name, message: 'must hold settings by name, such as "port: 8080"' }])
  }
  return content as { [key: string]: unknown }
}

function showPath(path: readonly PropertyKey[], fileName: string | undefined): string {
  return path.length === 0 ? (fileName ?? 'settings') : path.map(String).join('.')
}
