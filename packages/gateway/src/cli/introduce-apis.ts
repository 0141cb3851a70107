import type { Settings } from '../config/settings.ts'
import { type ApiDirectory, DEFAULT_API } from '../policy/api-directory.ts'

/** What whoever started the gateway is told: which Odoo is behind it, what each API shows, and what is still missing. */
export function introduceApis({ url, databases }: Settings, apis: ApiDirectory): string {
  const lines = databases.flatMap(({ name, odooUrl }) => {
    const doors = apis.all().filter((api) => api.database === name)
    return [
      `Database ${name} at ${odooUrl}`,
      ...doors.map((api) => `  API ${api.name}: ${api.exposures.size} models`),
      ...(apis.defaultOf(name) === undefined ? [`  ${NO_DEFAULT}`] : []),
    ]
  })
  return `${lines.join('\n')}\nTry it: ${url}/api/login\n`
}

const NO_DEFAULT = `There is no API "${DEFAULT_API}": sign-ins have to name one in X-Gatehouse-Api. Add it under "apis" in the settings file (docs/policy.md).`
