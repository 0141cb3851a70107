/**
 * The names of the positional parameters of the ORM's public methods, as `/json/2` asks for them (odoo 19.0
 * orm/models.py, web/models/models.py, base/models/res_users.py). `ids` stands for the records that a method is called on.
 *
 * A module may name them otherwise in an override: what Odoo then answers (422) says so.
 */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  action_archive: ['ids'],
  action_unarchive: ['ids'],
  context_get: [],
  copy: ['ids', 'default'],
  create: ['vals_list'],
  default_get: ['fields'],
  export_data: ['ids', 'fields_to_export'],
  fields_get: ['allfields', 'attributes'],
  formatted_read_group: ['domain', 'groupby', 'aggregates', 'having', 'offset', 'limit', 'order'],
  has_access: ['ids', 'operation'],
  has_group: ['ids', 'group_ext_id'],
  load: ['fields', 'data'],
  name_create: ['name'],
  name_search: ['name', 'domain', 'operator', 'limit'],
  read: ['ids', 'fields', 'load'],
  read_group: ['domain', 'fields', 'groupby', 'offset', 'limit', 'orderby', 'lazy'],
  search: ['domain', 'offset', 'limit', 'order'],
  search_count: ['domain', 'limit'],
  search_read: ['domain', 'fields', 'offset', 'limit', 'order'],
  unlink: ['ids'],
  web_name_search: ['name', 'specification', 'domain', 'operator', 'limit'],
  web_read: ['ids', 'specification'],
  web_save: ['ids', 'vals', 'specification', 'next_id'],
  web_search_read: ['domain', 'specification', 'offset', 'limit', 'order', 'count_limit'],
  write: ['ids', 'vals'],
}

/**
 * The arguments of a call by name. A method that is not in the table can be told without arguments, and with the ids of
 * its records alone.
 *
 * @returns undefined where the names are not known: the call then has to go another way
 */
export function namedArguments(
  method: string,
  args: readonly unknown[],
  kwargs: object,
): Readonly<Record<string, unknown>> | undefined {
  const names = Object.hasOwn(PARAMETERS, method) ? PARAMETERS[method] : isIds(args) ? ['ids'] : []
  if (names === undefined || args.length > names.length) return undefined
  return { ...Object.fromEntries(args.map((value, index) => [names[index], value])), ...kwargs }
}

function isIds(args: readonly unknown[]): boolean {
  const [first] = args
  return args.length === 1 && Array.isArray(first) && first.length > 0 && first.every(Number.isSafeInteger)
}
