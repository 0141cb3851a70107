import type { z } from 'zod'
import { explainIssue } from '../kernel/explain-issue.ts'
import { type Environment, overlayEnvironment, variableAt } from './environment.ts'
import { parseYamlObject, SettingsError, type SettingsFault } from './setting-fault.ts'
import { Settings } from './settings.ts'

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
  const raw = overlayEnvironment(
    file === undefined ? {} : parseYamlObject(file.name, file.text, 'port: 8080'),
    environment,
  )
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

function explain(issue: z.core.$ZodIssue, environment: Environment): string {
  if (issue.code === 'invalid_type' && issue.path[0] === 'databases' && (environment.ODOO_URL || environment.ODOO_DB)) {
    return 'must be set, too: ODOO_URL and ODOO_DB go together'
  }
  return explainIssue(issue)
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
  if (settings.databases.filter((database) => database.default).length > 1) {
    faults.push({ path: 'databases', message: 'has two databases that are the default' })
  }
  const hosts = settings.databases.flatMap((database) => database.hosts)
  for (const host of new Set(hosts.filter((one, index) => hosts.indexOf(one) !== index))) {
    faults.push({ path: 'databases', message: `has the host "${host}" twice` })
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

function showPath(path: readonly PropertyKey[], fileName: string | undefined): string {
  return path.length === 0 ? (fileName ?? 'settings') : path.map(String).join('.')
}
