import type { Settings } from '../config/settings.ts'
import type { ApiDirectory } from '../policy/api-directory.ts'

/** What whoever started the gateway is told: which Odoo is behind it, what each API shows, and what is still missing. */
export function introduceApis({ url, databases }: Settings, apis: ApiDirectory, missing: readonly string[]): string {
  const lines = databases.flatMap(({ name, odooUrl, defaultApi }) => {
    const doors = apis.all().filter((api) => api.database === name)
    return [
      `Database ${name} at ${odooUrl}`,
      ...(missing.includes(name) ? [`  ${NOT_THERE}`] : []),
      ...doors.map((api) => `  API ${api.name}: ${api.exposures.size} models`),
      ...(apis.defaultOf(name) === undefined ? [`  ${noDefault(name, defaultApi)}`] : []),
    ]
  })
  return `${lines.join('\n')}\nTry it: ${url}/api/login\n`
}

const NOT_THERE =
  'Warning: Odoo has no database of this name, and answers each sign-in like a wrong password: correct ODOO_DB or databases[].name.'

function noDefault(database: string, api: string): string {
  return `There is no API "${api}": sign-ins have to name one in X-Gatehouse-Api. Make it: gatehouse api create ${api} --database ${database} (docs/policy.md)`
}
