import { parse as parseYaml, YAMLParseError } from 'yaml'

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

/** YAML (or JSON, which is YAML) as the object that it holds. Throws SettingsError with the name of the file. */
export function parseYamlObject(name: string, text: string, example: string): { [key: string]: unknown } {
  let content: unknown
  try {
    content = parseYaml(text, { maxAliasCount: 20, logLevel: 'error' }) ?? {}
  } catch (cause) {
    throw new SettingsError([{ path: name, message: explainYamlError(cause, example) }])
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new SettingsError([{ path: name, message: `must hold settings by name, such as "${example}"` }])
  }
  return content as { [key: string]: unknown }
}

/** Never what the file holds, which the parser quotes: it may be another file than was meant, with secrets in it. */
function explainYamlError(cause: unknown, example: string): string {
  const place = cause instanceof YAMLParseError ? cause.linePos?.[0] : undefined
  const where = place === undefined ? '' : ` (line ${place.line}, column ${place.col})`
  return `is not valid YAML${where}: it must hold settings by name, such as "${example}"`
}
