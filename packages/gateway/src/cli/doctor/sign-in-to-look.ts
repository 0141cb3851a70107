import {
  capabilitiesOf,
  OdooKeyAccess,
  OdooSession,
  type OdooTransport,
  probeVersion,
  signInWithPassword,
} from '@odoo-gatehouse/odoo/client'
import { listUsableOdooCredentials, type OdooCredential } from '../../store/odoo-credentials.ts'
import { sealPurpose } from '../../store/sealed-values.ts'
import type { Installation } from '../open-installation.ts'
import type { OdooAsUser } from './examine-exposures.ts'
import { type Finding, findingsAbout } from './finding.ts'

/** What somebody typed to let the doctor in. */
export type DoctorLogin = { readonly login: string; readonly password: string }

/** Odoo as some user, for as long as the doctor looks; or what there is to say where nobody lets it in. */
export type LetIn = { readonly odoo?: OdooAsUser; readonly findings: readonly Finding[]; close(): Promise<void> }

const NOTHING_TO_CLOSE = async () => undefined

/** Signs in with what was typed, else with a credential of the vault, the one that Odoo took last. */
export async function signInToLook(
  database: string,
  transport: OdooTransport,
  typed: DoctorLogin | undefined,
  installation: Pick<Installation, 'store' | 'sealer'> | undefined,
): Promise<LetIn> {
  const { unknown } = findingsAbout(`odoo ${database}`)
  if (typed !== undefined) return withPassword(database, transport, typed)
  const [kept] = installation === undefined ? [] : await listUsableOdooCredentials(installation.store.db, database, 1)
  if (installation === undefined || kept?.sealedSecret === undefined) {
    const none = unknown(
      'Whether Odoo has the models and fields of the APIs was not looked at: nobody let the doctor in.',
      {
        next: 'gatehouse doctor --login <login>, with the password on standard input.',
      },
    )
    return { findings: [none], close: NOTHING_TO_CLOSE }
  }
  const secret = installation.sealer.open(sealPurpose('odoo_credential', kept.id), kept.sealedSecret)
  if (kept.kind === 'password') return withPassword(database, transport, { login: kept.login, password: secret })
  return withKey(kept, secret, transport)
}

async function withKey(
  { database, uid, login }: OdooCredential,
  key: string,
  transport: OdooTransport,
): Promise<LetIn> {
  const { json2 } = capabilitiesOf(await probeVersion(transport))
  const access = new OdooKeyAccess(transport, { database, uid, login, key, json2 })
  const callKw: OdooAsUser['callKw'] = (model, method, args, kwargs) => access.callKw(model, method, args, kwargs)
  const { ok } = findingsAbout(`odoo ${database}`)
  const used = ok(`Models and fields are looked at with the Odoo API key of ${login} in the vault.`)
  return { odoo: { login, callKw }, findings: [used], close: NOTHING_TO_CLOSE }
}

async function withPassword(database: string, transport: OdooTransport, typed: DoctorLogin): Promise<LetIn> {
  const { ok, fault, unknown } = findingsAbout(`odoo ${database}`)
  const told = (finding: Finding): LetIn => ({ findings: [finding], close: NOTHING_TO_CLOSE })
  const result = await signInWithPassword(transport, { database, ...typed })
  switch (result.kind) {
    case 'denied':
      return told(fault(`Odoo does not let ${typed.login} in.`, { next: 'Correct login or password.' }))
    case 'cooldown':
      return told(
        fault('Odoo refuses every sign-in for a minute, after too many failures.', { next: 'Wait a minute.' }),
      )
    case 'unknown_database':
      return told(fault(`Odoo has no database "${database}".`, { next: 'Correct ODOO_DB or databases[].name.' }))
    case 'second_factor':
      return told(unknown(`${typed.login} has a second factor: name a user without one, to look at models and fields.`))
    case 'signed_in': {
      const { sessionId, facts } = result
      const session = new OdooSession(transport, { sessionId, onSessionId: async () => undefined })
      return {
        odoo: {
          login: facts.login,
          callKw: (model, method, args, kwargs) => session.callKw(model, method, args, kwargs),
        },
        findings: [ok(`Odoo lets ${facts.login} in${facts.isSystem ? ', of the group Settings' : ''}.`)],
        // The session ends by itself in the end; that it could not be told changes nothing of what was found.
        close: () => session.destroy().catch(() => undefined),
      }
    }
  }
}
