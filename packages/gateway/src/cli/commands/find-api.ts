import { type EffectiveApi, loadEffectiveApis } from '../../administration/effective-apis.ts'
import { CommandError } from '../command-line/frame.ts'
import type { Node } from '../command-line/node.ts'
import { databaseNames, givenApis } from '../configured.ts'

/**
 * The API that a command names.
 *
 * @throws CommandError when there is none of this name, or several databases have one and none is named
 */
export async function findApi(node: Node, name: string, database: string | undefined): Promise<EffectiveApi> {
  const { apis } = await loadEffectiveApis(node.store.db, givenApis(node.settings))
  const found = apis.filter(({ api }) => api.name === name && (database === undefined || api.database === database))
  const [first, ...others] = found
  if (first === undefined) {
    throw new CommandError(
      `There is no API "${name}" (databases: ${databaseNames(node.settings).join(', ')}): see \`gatehouse api list\`.`,
    )
  }
  if (others.length > 0) {
    const names = found.map(({ api }) => api.database).join(', ')
    throw new CommandError(`Several databases have an API "${name}" (${names}): name one with --database.`)
  }
  return first
}

/**
 * The database that a command names, or the only one.
 *
 * @throws CommandError for one that is not configured, and where there are several and none is named
 */
export function chooseDatabase({ settings }: Node, database: string | undefined): string {
  const names = databaseNames(settings)
  const [first, ...others] = names
  if (database === undefined && first !== undefined && others.length === 0) return first
  if (database !== undefined && names.includes(database)) return database
  const what = database === undefined ? 'There are several databases' : `There is no database "${database}"`
  throw new CommandError(`${what}: name one of ${names.join(', ')} with --database.`)
}
