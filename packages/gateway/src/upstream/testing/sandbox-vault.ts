import { SANDBOX_USERS, startSandbox } from '@odoo-gatehouse/sandbox'
import type { Observation } from '../../kernel/observation.ts'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { insertOdooCredential, type OdooCredential } from '../../store/odoo-credentials.ts'
import { sealPurpose } from '../../store/sealed-values.ts'
import { sampleOdooCredential } from '../../store/testing/records.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import { createSealer, deriveMasterKey } from '../../tokens/sealer.ts'
import { createSeededRandom } from '../../tokens/testing/seeded-random.ts'
import { createOdooDatabases } from '../odoo-databases.ts'
import { createOdooSessions } from '../odoo-sessions.ts'
import { Vault } from '../vault.ts'

/** The versions that the sandbox speaks. */
export const SANDBOX_VERSIONS = [17, 18, 19] as const

/** The id of Odoo's `demo` in the sandbox of a version. */
export const DEMO_UID = { 17: 6, 18: 6, 19: 5 } as const satisfies Record<(typeof SANDBOX_VERSIONS)[number], number>

/** For tests: a vault over a real store, in front of a sandbox of its own, with every sign-in counted. */
export async function openSandboxVault(version: (typeof SANDBOX_VERSIONS)[number] = 18) {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const random = createSeededRandom('vault')
  const clock = createManualClock()
  const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const sandbox = await startSandbox({ odooVersion: version, totpSecret })
  const sealer = createSealer({ masterKey: deriveMasterKey('m'.repeat(32)), random })
  const calls: string[] = []
  const databases = createOdooDatabases([{ name: sandbox.database, odooUrl: sandbox.url }], {
    clock,
    onCall: (call) => calls.push(call.call),
  })
  const observed: Observation[] = []

  /** Another process on the same store: nothing in memory is shared. */
  const openNode = () => {
    const sessions = createOdooSessions({ store, sealer, databases, clock, random })
    const signIns: string[] = []
    const counted: typeof sessions = {
      ...sessions,
      open: (database, credentials, client) => {
        signIns.push(credentials.login)
        return sessions.open(database, credentials, client)
      },
    }
    const observe = (observation: Observation) => void observed.push(observation)
    const vault = new Vault({ store, sealer, databases, sessions: counted, clock, observe })
    return { vault, sessions, signIns }
  }
  return {
    ...openNode(),
    openNode,
    store,
    sealer,
    databases,
    clock,
    random,
    observed,
    version,
    users: SANDBOX_USERS,
    /** Keeps a credential of Odoo's `demo` with this secret, without asking Odoo. */
    keep: async (secret: string, overrides: Partial<OdooCredential> = {}) => {
      const credential = sampleOdooCredential({ uid: DEMO_UID[version], ...overrides })
      const sealedSecret = sealer.seal(sealPurpose('odoo_credential', credential.id), secret)
      await insertOdooCredential(store.db, { ...credential, sealedSecret })
      return credential.id
    },
    [Symbol.asyncDispose]: async () => {
      await databases.close()
      await sandbox.close()
      await temporary[Symbol.asyncDispose]()
    },
  }
}
