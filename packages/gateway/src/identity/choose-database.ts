import { identityErrors } from './errors.ts'

/**
 * The database that a sign-in is for: the one that the request names, else the only one.
 *
 * @param configured the names of the databases behind the gateway, at least one
 * @throws signin.denied for a database that is not configured: it is answered like a wrong password, so that nobody
 *   finds out which databases there are
 * @throws database.ambiguous when the request names two, or none where there are several
 */
export function chooseDatabase(named: ReadonlySet<string>, configured: readonly string[]): string {
  const [name, ...others] = named.size > 0 ? named : configured
  if (name === undefined || others.length > 0) throw identityErrors['database.ambiguous']({ data: { field: 'db' } })
  if (!configured.includes(name)) throw identityErrors['signin.denied']({ internal: 'the database is not configured' })
  return name
}
