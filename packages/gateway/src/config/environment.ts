/**
 * The environment variables that set a value, and the path of that value in the settings.
 * `number` and `flag` say how the text is read; a text that cannot be read so is left as it is, for the schema to refuse.
 */
export const ENVIRONMENT = {
  HOST: { path: ['host'], kind: 'text' },
  PORT: { path: ['port'], kind: 'number' },
  GATEHOUSE_URL: { path: ['url'], kind: 'text' },
  GATEHOUSE_DATA: { path: ['data'], kind: 'text' },
  GATEHOUSE_SECRET: { path: ['secret'], kind: 'text' },
  DATABASE_URL: { path: ['postgres'], kind: 'text' },
  GATEHOUSE_SANDBOX_ODOO: { path: ['sandbox', 'odoo'], kind: 'number' },
  GATEHOUSE_ALLOW_DEMO: { path: ['sandbox', 'allowDemo'], kind: 'flag' },
  METRICS_TOKEN: { path: ['metrics', 'token'], kind: 'text' },
  LOG_LEVEL: { path: ['log', 'level'], kind: 'text' },
} as const satisfies Record<string, EnvironmentRow>

type EnvironmentRow = { readonly path: readonly string[]; readonly kind: 'text' | 'number' | 'flag' }

/** The environment as a process has it. An empty text counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>

type Tree = { [key: string]: unknown }

/** The settings file's content with the values of the environment laid over it. The file's own objects stay as they are. */
export function overlayEnvironment(file: Tree, environment: Environment): Tree {
  const settings = structuredClone(file)
  for (const [name, row] of Object.entries(ENVIRONMENT)) {
    const text = environment[name]
    if (text !== undefined && text !== '') setPath(settings, row.path, readText(text, row.kind))
  }
  const { ODOO_URL: odooUrl, ODOO_DB: database } = environment
  if (odooUrl || database) settings.databases = [{ name: database || undefined, odooUrl: odooUrl || undefined }]
  return settings
}

/** The variable that a fault at this path is about, if the environment set the value there. */
export function variableAt(path: readonly PropertyKey[], environment: Environment): string | undefined {
  if ((environment.ODOO_URL || environment.ODOO_DB) && path[0] === 'databases') {
    return path[2] === 'name' ? 'ODOO_DB' : 'ODOO_URL'
  }
  for (const [name, row] of Object.entries(ENVIRONMENT)) {
    if (environment[name] && row.path.join('.') === path.join('.')) return name
  }
  return undefined
}

function readText(text: string, kind: EnvironmentRow['kind']): unknown {
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : text
  if (kind === 'flag') return { '1': true, true: true, '0': false, false: false }[text] ?? text
  return text
}

function setPath(tree: Tree, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path
  if (head === undefined) return
  if (rest.length === 0) {
    tree[head] = value
    return
  }
  const below = tree[head]
  const branch: Tree = typeof below === 'object' && below !== null ? (below as Tree) : {}
  tree[head] = branch
  setPath(branch, rest, value)
}
