import { identityErrors } from './errors.ts'

/** The databases behind the gateway, as far as choosing one needs them. At least one. */
export type DatabaseChoice = {
  readonly names: readonly string[]
  /** The database by the host name that a request came to, in lower case. */
  readonly byHost: ReadonlyMap<string, string>
  /** The database of requests that name none and come to no host of the map. */
  readonly fallback: string | undefined
}

/**
 * The database that a sign-in is for: the one that the request names, else that of the host it came to, else the only or
 * default one.
 *
 * @param host the `Host` header, with its port or without
 * @throws signin.denied for a database that is not configured: it is answered like a wrong password, so that nobody
 *   finds out which databases there are
 * @throws database.ambiguous when the request names two, or none where there are several
 */
export function chooseDatabase(
  named: ReadonlySet<string>,
  host: string | undefined,
  { names, byHost, fallback }: DatabaseChoice,
): string {
  const [first, ...others] = named
  const name = first ?? byHost.get(hostName(host)) ?? fallback
  if (name === undefined || others.length > 0) throw identityErrors['database.ambiguous']({ data: { field: 'db' } })
  if (!names.includes(name)) throw identityErrors['signin.denied']({ internal: 'the database is not configured' })
  return name
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase()
}
