import { callJsonRpc } from './json-rpc.ts'
import type { OdooTransport } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'

/** Which Odoo it is. */
export type OdooVersion = {
  /** As Odoo writes it: `18.0`, `saas~18.2`. */
  readonly serie: string
  readonly major: number
  readonly minor: number
  /** The whole text, `18.0+e`; not for callers from outside. */
  readonly serverVersion: string
  /** One of the versions between two releases that only Odoo Online runs. */
  readonly saas?: true
}

/**
 * Asks an Odoo for its version. Needs no sign-in and works on all versions, which `/web/version` (19) does not.
 *
 * @throws OdooUnreachable `bad_answer` also if what answers knows no version.
 * @throws OdooFault
 */
export async function probeVersion(transport: OdooTransport): Promise<OdooVersion> {
  // The cookie of the anonymous session that Odoo opens for this is left unread.
  const { result, fault, answer } = await callJsonRpc(transport, '/web/webclient/version_info', {})
  if (fault !== undefined) throw fault
  const version = readVersion(result)
  if (version === undefined) throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  return version
}

/** Reads `18.0`, `18.0+e`, `19.0alpha1`, `saas~18.2`, `saas-18.2` and `saas~18.2+e`; undefined for anything else. */
export function readVersion(info: unknown): OdooVersion | undefined {
  if (typeof info !== 'object' || info === null) return undefined
  const serverVersion = 'server_version' in info ? info.server_version : undefined
  if (typeof serverVersion !== 'string') return undefined
  const told = 'server_serie' in info ? info.server_serie : undefined
  const [, serie, saas, major, minor] = /^((saas[~-])?([0-9]{1,3})\.([0-9]{1,3}))/.exec(serverVersion) ?? []
  if (serie === undefined) return undefined
  return {
    serie: typeof told === 'string' && told !== '' ? told : serie,
    major: Number(major),
    minor: Number(minor),
    serverVersion,
    ...(saas === undefined ? {} : { saas: true }),
  }
}
