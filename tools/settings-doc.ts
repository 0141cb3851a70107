import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ENVIRONMENT } from '../packages/gateway/src/config/environment.ts'
import { Settings } from '../packages/gateway/src/config/settings.ts'
import { ROOT } from './source-file.ts'

/** Where the page lies. Written by `npm run docs`; a test fails when it is not what the declaration says. */
export const SETTINGS_DOC = join(ROOT, 'docs/settings.md')

type Schema = {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** The settings page, made from the declaration that the gateway itself reads. */
export function settingsDoc(): string {
  const schema = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as Schema
  return `# Settings

<!-- Made from packages/gateway/src/config by \`npm run docs\`: change it there. -->

Settings come from the environment, else from the settings file (\`GATEHOUSE_CONFIG\`, or \`gatehouse.yaml\` in the
working directory if it is there), else from the default. What is wrong is told all at once, by its path, and the
gateway does not start. An empty variable counts as absent.

| setting | variable | default | values | meaning |
|---|---|---|---|---|
${rows(schema, []).join('\n')}
| (the settings file) | \`GATEHOUSE_CONFIG\` | \`gatehouse.yaml\` if it is there | a path | YAML with the settings of this table, nested as their names are. |

\`ODOO_URL\` and \`ODOO_DB\` together name the one database behind the gateway, in place of \`databases\`.
`
}

/** What \`apis\` holds is told in policy.md. */
const NOT_HERE = new Set(['apis.items'])

function rows(schema: Schema, path: readonly string[]): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, setting]) => {
    const here = [...path, name]
    if (setting.properties !== undefined) return rows(setting, here)
    const row = `| \`${here.join('.')}\` | ${variableOf(here)} | ${defaultOf(setting)} | ${valuesOf(setting)} | ${setting.description ?? ''} |`
    const inner = setting.items?.properties !== undefined && !NOT_HERE.has(`${name}.items`)
    return inner ? [row, ...rows(setting.items, [...path, `${name}[]`])] : [row]
  })
}

function variableOf(path: readonly string[]): string {
  const found = Object.entries(ENVIRONMENT).find(([, row]) => row.path.join('.') === path.join('.'))
  return found === undefined ? '' : `\`${found[0]}\``
}

function defaultOf(setting: Schema): string {
  return setting.default === undefined ? '' : `\`${JSON.stringify(setting.default)}\``
}

function valuesOf(setting: Schema): string {
  if (setting.enum !== undefined) return setting.enum.map((value) => `\`${value}\``).join(', ')
  if (setting.anyOf !== undefined) return setting.anyOf.map(alternativeOf).join(', ')
  if (setting.type === 'integer') return `${setting.minimum} to ${setting.maximum}`
  if (setting.type === 'array') return 'a list'
  return setting.type === 'boolean' ? 'true, false' : 'a text'
}

function alternativeOf({ const: value, properties }: Schema): string {
  return properties === undefined ? `\`${value}\`` : `\`{ ${Object.keys(properties).join(', ')} }\``
}

if (process.argv[1] === import.meta.filename) writeFileSync(SETTINGS_DOC, settingsDoc())
