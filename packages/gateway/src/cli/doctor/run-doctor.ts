import { existsSync, readFileSync } from 'node:fs'
import { type EffectiveApis, loadEffectiveApis } from '../../administration/effective-apis.ts'
import type { Settings } from '../../config/settings.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import { StoreOpenError } from '../../store/open-error.ts'
import { MasterKeyMismatchError } from '../../tokens/master-key-check.ts'
import { DEMO_DATABASE, databaseNames, defaultApis, givenApis } from '../configured.ts'
import { demoCredentialsFile } from '../demo/demo-credentials.ts'
import { type Installation, openInstallation, storePlace } from '../open-installation.ts'
import { StartError } from '../start-error.ts'
import { examineApis } from './examine-apis.ts'
import { examineExposures } from './examine-exposures.ts'
import { describeHealth, examineFiles } from './examine-files.ts'
import { examineKeys } from './examine-keys.ts'
import { examineOdoo } from './examine-odoo.ts'
import { examineSettings } from './examine-settings.ts'
import { type Finding, findingsAbout } from './finding.ts'
import { type DoctorLogin, signInToLook } from './sign-in-to-look.ts'

/** What the doctor is asked. */
export type DoctorRequest = {
  readonly settings: Settings
  readonly tlsUnchecked: boolean
  /** Only this one of the Odoo databases. */
  readonly database?: string | undefined
  readonly login?: DoctorLogin | undefined
  readonly clock: Clock
  readonly random: Random
  /** Told what is looked at. */
  readonly progress: (what: string) => void
}

/** Looks at everything, one part after the other. What cannot be looked at is a finding, too. */
export async function runDoctor(request: DoctorRequest): Promise<readonly Finding[]> {
  const { settings, clock, random, progress } = request
  const findings: Finding[] = [...examineSettings(settings, request)]
  progress('the store')
  const opened = await openToLook(settings, clock, random, findings)
  try {
    const isWhole = opened !== undefined && (await examineStore(opened, request, findings))
    // Of a damaged store nothing more is asked: each question may meet the damage.
    const installation = isWhole ? opened : undefined
    progress('the gateway')
    findings.push(await examineGateway(settings))
    // Which APIs are in effect, a store that cannot be read does not tell.
    const isStoreAway = installation === undefined && findings.some(isStoreFault)
    const effective = isStoreAway ? { apis: [], unusable: [] } : await effectiveApis(settings, installation)
    if (!isStoreAway) findings.push(...examineApis(effective, databaseNames(settings), defaultApis(settings)))
    for (const database of await odooDatabases(settings, findings)) {
      if (request.database !== undefined && database.name !== request.database) continue
      findings.push(...(await examineDatabase(database, effective, installation, request)))
    }
    return findings
  } finally {
    await opened?.store.close()
  }
}

/** Answers whether the store is whole. */
async function examineStore(
  installation: Installation,
  { settings, clock }: DoctorRequest,
  findings: Finding[],
): Promise<boolean> {
  try {
    const health = await installation.store.examine()
    findings.push(...describeHealth(health), ...(await examineFiles(settings)))
    if (health.damages.length > 0) return false
    findings.push(...(await examineKeys(installation, settings, clock.nowMs())))
    return true
  } catch (error) {
    if (!(error instanceof StoreOpenError)) throw error
    findings.push(findingsAbout('store').fault(error.message, { why: 'What is in the damaged part cannot be read.' }))
    return false
  }
}

function isStoreFault({ about, state }: Finding): boolean {
  return about === 'store' && state === 'fault'
}

type Database = { readonly name: string; readonly odooUrl: string }

async function examineDatabase(
  database: Database,
  { apis }: EffectiveApis,
  installation: Installation | undefined,
  { clock, login, progress }: DoctorRequest,
): Promise<readonly Finding[]> {
  progress(`Odoo of ${database.name}`)
  const { findings, transport } = await examineOdoo(database, clock)
  if (transport === undefined) return findings
  try {
    const letIn = await signInToLook(database.name, transport, login, installation)
    if (letIn.odoo === undefined) return [...findings, ...letIn.findings]
    const documents = apis.map(({ api }) => api)
    const look = (model: string) => progress(`Odoo of ${database.name}: ${model}`)
    const exposures = await examineExposures(database.name, documents, letIn.odoo, look)
    await letIn.close()
    return [...findings, ...letIn.findings, ...exposures]
  } finally {
    await transport.close()
  }
}

/** A first start makes store and master key; the doctor makes nothing. */
async function openToLook(
  settings: Settings,
  clock: Clock,
  random: Random,
  findings: Finding[],
): Promise<Installation | undefined> {
  const { unknown, fault } = findingsAbout('store')
  const place = storePlace(settings)
  if ('file' in place && !existsSync(place.file)) {
    findings.push(unknown(`There is no store in ${settings.data} yet: the first start makes it.`))
    return undefined
  }
  try {
    return await openInstallation(settings, clock, random, { mayMake: false })
  } catch (error) {
    const isTold =
      error instanceof StoreOpenError || error instanceof StartError || error instanceof MasterKeyMismatchError
    if (!isTold) throw error
    findings.push(fault(error.message, { why: 'The gateway does not start like this.' }))
    return undefined
  }
}

/** Those of the store as well, where there is one. */
async function effectiveApis(settings: Settings, installation: Installation | undefined): Promise<EffectiveApis> {
  const given = givenApis(settings)
  if (installation !== undefined) return loadEffectiveApis(installation.store.db, given)
  const settled = given.settings.map((api) => ({ api, source: 'settings' as const, change: undefined }))
  const demo = given.demo.map((api) => ({ api, source: 'demo' as const, change: undefined }))
  return { apis: [...demo, ...settled], unusable: [] }
}

const GATEWAY_WAIT_MS = 5_000

async function examineGateway({ host, port }: Settings): Promise<Finding> {
  const { ok, unknown, fault } = findingsAbout('gateway')
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  const address = `http://${reached}:${port}`
  try {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(GATEWAY_WAIT_MS) })
    if (answer.status === 200) return ok(`A gateway answers at ${address} and is ready.`)
    const body: unknown = await answer.json()
    const isGateway = typeof body === 'object' && body !== null && 'store' in body && 'odoo' in body
    if (!isGateway) return fault(`Something else answers at ${address}.`, { next: 'Stop it, or set PORT.' })
    const away = [body.store === true ? [] : ['its store'], body.odoo === true ? [] : ['Odoo']].flat().join(' and ')
    return fault(`The gateway at ${address} is not ready: it does not reach ${away}.`, { next: 'Look at its log.' })
  } catch {
    return unknown(`No gateway answers at ${address}: it does not run here, or with other settings.`)
  }
}

/** The configured ones; of a gateway on the sandbox, the sandbox that its last start told of. */
async function odooDatabases(settings: Settings, findings: Finding[]): Promise<readonly Database[]> {
  if (settings.databases.length > 0) return settings.databases
  const { unknown } = findingsAbout(`odoo ${DEMO_DATABASE}`)
  const url = sandboxUrl(settings.data)
  if (url !== undefined && (await answers(url))) return [{ name: DEMO_DATABASE, odooUrl: url }]
  const next = 'Set ODOO_URL and ODOO_DB for an Odoo of yours.'
  findings.push(unknown('The sandbox runs with the gateway: start it.', { next }))
  return []
}

async function answers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(GATEWAY_WAIT_MS)
  return fetch(`${url}/web/health`, { signal }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function sandboxUrl(data: string): string | undefined {
  try {
    const told: unknown = JSON.parse(readFileSync(demoCredentialsFile(data), 'utf8'))
    const isUrl = typeof told === 'object' && told !== null && 'sandbox_url' in told
    return isUrl && typeof told.sandbox_url === 'string' ? told.sandbox_url : undefined
  } catch {
    // No file, or one that is damaged: nothing is known of a sandbox.
    return undefined
  }
}
