import { isList, isObject } from '../json.ts'
import type { SetupCall, Step } from '../recording.ts'
import type { Journal } from './journal.ts'
import { startOAuthProvider } from './oauth-provider.ts'
import { callModel, callService, signIn, Unprepared } from './odoo-client.ts'
import type { Scene } from './scene.ts'

/** When a call of a setup is made: before the step of this number, or after the last. */
type Moment = number | 'after'

/**
 * Cases whose setup is not made at once: the recorder lists all calls with the first step. A moment a call, in order.
 * Cases that are not here are set up before their first step.
 */
const SETUP_MOMENTS: Readonly<Record<string, readonly Moment[]>> = {
  'access/password_change_session': [1, 2],
  'access/rights_removed_session': [1, 1, 2, 3],
  'auth/login_cooldown': [1, 'after'],
  'auth/oauth_signin_bogus': [1, 1, 'after'],
  'auth/totp': [1, 'after'],
}

/** The calls of a case's setup that are due at a moment. */
export function setupAt(scene: Scene, moment: Moment): readonly SetupCall[] {
  const { group, name, steps } = scene.case
  const moments = SETUP_MOMENTS[`${group}/${name}`]
  return (steps[0]?.setup ?? []).filter((_, at) => (moments?.[at] ?? 1) === moment)
}

/** Something that the recorder did and does not list. It may answer how to end it. */
type Preparation = (scene: Scene, journal: Journal) => Promise<(() => Promise<void>) | undefined>

/** Preparations by case: `first` before anything else, or before the step of this number, once its setup is made. */
const PREPARATIONS: Readonly<Record<string, Readonly<Partial<Record<'first' | 'last' | number, Preparation>>>>> = {
  'access/rule_many2one_hidden': { first: rememberStates },
  'auth/apikey_lifecycle': { 10: useKeyOften, last: writeSomethingElse },
  'auth/json2_revoked': { 2: findKey },
  'auth/login_cooldown': { 1: failToSignIn },
  'auth/oauth_signin_bogus': { first: openProvider, 9: openSignUp },
  'auth/totp': { last: takeNextCode },
}

/** Does what the case needs before this step, and answers how to end it. */
export function prepare(scene: Scene, journal: Journal, at: number): ReturnType<Preparation> {
  const { group, name, steps } = scene.case
  const ofCase = PREPARATIONS[`${group}/${name}`]
  const preparation = at === 0 ? ofCase?.first : (ofCase?.[at] ?? (at === steps.length ? ofCase?.last : undefined))
  return preparation ? preparation(scene, journal) : Promise.resolve(undefined)
}

/** Keys that a user gets with its account, before the case archives it or removes the key. */
const KEYS_OF_USERS: Readonly<Record<string, readonly [name: string, expiresAt?: string]>> = {
  golden_j2a: ['json2 archived'],
  golden_j2r: ['json2 revoked'],
  golden_key4: ['past', '2001-01-01 00:00:00'],
}

/** A user that a setup made signs in at once, since what follows may end what a password opens. */
export async function settleUser(scene: Scene, call: SetupCall): Promise<void> {
  const [values] = call.args
  if (call.model !== 'res.users' || call.method !== 'create' || !isObject(values)) return
  const { login, password } = values
  if (typeof login !== 'string' || typeof password !== 'string') return
  await scene.enter(login)
  const key = KEYS_OF_USERS[login]
  if (key) await scene.makeKey(key[0], login, key[1])
}

/** The user of the recorded key, by version. */
const RECORDED_OWNER = { 17: 18, 18: 18, 19: 17 } as const

/** Wrong sign-ins until the target counts three of them: a server of several workers counts in each. */
async function failToSignIn({ stage }: Scene): ReturnType<Preparation> {
  await stage.session('demo')
  for (let tries = 0; tries < 16; tries++) await signIn(stage.odoo, 'demo', 'bad').catch(() => {})
  return undefined
}

/** The setup lets tasks wait for each other, which changes their states. */
async function rememberStates({ stage }: Scene, journal: Journal): ReturnType<Preparation> {
  const model = 'project.task'
  const tasks = await stage.call({ model, method: 'search', args: [[['project_id', '=', 1]]] })
  await journal.beforeCall({ model, method: 'write', args: [tasks, { state: null }] })
  return undefined
}

/** Every worker of the server has to know the key: the recorder's had one, which answers from its cache later on. */
async function useKeyOften(scene: Scene): ReturnType<Preparation> {
  const { odoo } = scene.stage
  const uid = scene.ids.find(RECORDED_OWNER[scene.case.version], 'res.users') ?? null
  const call = [odoo.database, uid, await scene.apiKey('golden key'), 'res.partner', 'search_count', [[['id', '=', 1]]]]
  for (let times = 0; times < 12; times++)
    await callService(odoo, { service: 'object', method: 'execute_kw', args: call })
  return undefined
}

/** Any write of a parameter clears the cache of credentials. */
async function writeSomethingElse({ stage }: Scene, journal: Journal): ReturnType<Preparation> {
  const call = { model: 'ir.config_parameter', method: 'set_param', args: ['golden.cache', 'cleared'] }
  await journal.beforeCall(call)
  await stage.call(call)
  return undefined
}

async function openProvider({ found }: Scene): ReturnType<Preparation> {
  const provider = await startOAuthProvider()
  found.set('<provider>', provider.url)
  return provider.close
}

/** Whoever a provider vouches for is signed up (`b2c`); by default only the invited are. */
async function openSignUp({ stage }: Scene, journal: Journal): ReturnType<Preparation> {
  const call = { model: 'ir.config_parameter', method: 'set_param', args: ['auth_signup.invitation_scope', 'b2c'] }
  await journal.beforeCall(call)
  await stage.call(call)
  return undefined
}

async function takeNextCode(scene: Scene): ReturnType<Preparation> {
  if (scene.case.version === 19) scene.advanceTotpCode()
  return undefined
}

/** The recording names the key by its id, which no answer told. */
async function findKey(scene: Scene): ReturnType<Preparation> {
  const model = 'res.users.apikeys'
  const session = await scene.session('golden_j2r')
  const args = [[['name', '=', 'json2 revoked']]]
  const found = await callModel(scene.stage.odoo, session, { model, method: 'search', args })
  scene.ids.bind(model, idsOf(scene.case.steps[1]), found)
  return undefined
}

function idsOf(step: Step | undefined): readonly number[] {
  const body = step?.request.body
  const params = isObject(body) ? body.params : undefined
  const ids = isObject(params) && isList(params.args) ? params.args[0] : undefined
  if (!isList(ids)) throw new Unprepared('needs the recorded id of the key')
  return ids.map(Number)
}

/** The secret that the wizard of the second factor shows to the user. */
export async function readTotpSecret(scene: Scene): Promise<void> {
  const model = 'auth_totp.wizard'
  const id = scene.ids.find(1, model)
  if (id === undefined) throw new Unprepared('needs the wizard of the second factor')
  const session = await scene.session('golden_totp')
  const rows = await callModel(scene.stage.odoo, session, { model, method: 'read', args: [[id], ['secret']] })
  const secret = isList(rows) && isObject(rows[0]) ? rows[0].secret : undefined
  if (typeof secret !== 'string') throw new Unprepared('needs the secret of the second factor')
  scene.setTotpSecret(secret)
}
