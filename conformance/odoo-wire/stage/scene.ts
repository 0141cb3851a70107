import type { Case } from '../recording.ts'
import { csrfTokenOf } from '../wire/html-page.ts'
import type { WireAnswer } from '../wire/raw-answer.ts'
import { makeApiKey } from './api-key.ts'
import { type IdNames, openIdNames } from './id-names.ts'
import { getPage, sessionOf, signIn, Unprepared } from './odoo-client.ts'
import type { Stage } from './stage.ts'
import { totpCode } from './totp-code.ts'

/** What one case has besides the stage: its ids, and sessions, keys and tokens by the recorder's names for them. */
export type Scene = {
  readonly case: Case
  readonly stage: Stage
  readonly ids: IdNames
  /** The session that the recorder called so: of a user, or one that a page or an answer opened. */
  session(name: string): Promise<string>
  /** Opens the session of a user that the case made, before something changes that would end it. */
  enter(login: string): Promise<void>
  /** The API key that the recorder called so. */
  apiKey(name: string): Promise<string>
  /** Makes the key in the session of `owner`, before something changes that would forbid it. */
  makeKey(name: string, owner: string, expiresAt?: string): Promise<void>
  /** The token that a form of this session carries. */
  csrfToken(sessionName: string): Promise<string>
  /** The code of the second factor that the case set up: always that of its first use, until the next is asked for. */
  totpCode(): string
  setTotpSecret(secret: string): void
  hasTotpSecret(): boolean
  /** From now on the code of the next 30 seconds, which servers take before its time too. */
  advanceTotpCode(): void
  /** Other values by their placeholder: `<etag>`, `<access-token>`, `<provider>`. */
  readonly found: Map<string, string>
  /** Takes note of what an answer opened. */
  hear(answer: WireAnswer): void
}

/** Names of sessions that stand for a sign-in of a user that was there before. */
const SIGN_INS: Readonly<Record<string, string>> = { rot: 'demo', rot2: 'demo' }

/** Users that keep one session for all cases. */
const RESIDENTS = new Set(['admin', 'demo', 'portal', 'golden_j2'])

/** The pages whose forms the recorder filled in, by the name of their session; other sessions have the web client's. */
const FORM_PAGES: Readonly<Record<string, string>> = { form: '/web/login', 'totp-form': '/web/login/totp' }

/** Owners of keys that are made when they are first asked for. */
const KEY_OWNERS: Readonly<Record<string, string>> = { 'totp key': 'golden_totp' }

/** A scene of its own for each case. */
export function openScene(stage: Stage, ofCase: Case): Scene {
  const { odoo, version } = stage
  const sessions = new Map<string, string>()
  const keys = new Map<string, string>()
  const found = new Map<string, string>()
  let lastOpened: string | undefined
  let secret: string | undefined
  let codeAtMs = 0

  const open = async (name: string): Promise<string> => {
    const login = SIGN_INS[name]
    if (login !== undefined) return signIn(odoo, login, login)
    if (name === 'form') return required(sessionOf(await getPage(odoo, '/web/login')), 'a session on /web/login')
    return required(lastOpened, `the session ${name}`)
  }
  const session = async (name: string): Promise<string> => {
    if (RESIDENTS.has(name)) return stage.session(name)
    const known = sessions.get(name) ?? (await open(name))
    sessions.set(name, known)
    return known
  }
  const makeKey = async (name: string, owner: string, expiresAt?: string): Promise<void> => {
    const wish = { version, session: await session(owner), password: owner, name }
    keys.set(name, await makeApiKey(odoo, expiresAt === undefined ? wish : { ...wish, expiresAt }))
  }

  return {
    case: ofCase,
    stage,
    ids: openIdNames(),
    session,
    enter: async (login) => void sessions.set(login, await signIn(odoo, login, login)),
    apiKey: async (name) => {
      const shared = stage.sharedKey(name)
      if (shared) return shared
      if (!keys.has(name) && KEY_OWNERS[name] !== undefined) await makeKey(name, KEY_OWNERS[name])
      return required(keys.get(name), `the API key ${name}`)
    },
    makeKey,
    csrfToken: async (name) => {
      const page = await getPage(odoo, FORM_PAGES[name] ?? '/web', await session(name))
      return required(csrfTokenOf(page.body.toString('utf8')), `a CSRF token on ${FORM_PAGES[name] ?? '/web'}`)
    },
    totpCode: () => totpCode(required(secret, 'the secret of the second factor'), codeAtMs),
    setTotpSecret: (value) => {
      secret = value
      codeAtMs = Date.now()
    },
    hasTotpSecret: () => secret !== undefined,
    advanceTotpCode: () => {
      codeAtMs += 30_000
    },
    found,
    hear: (answer) => {
      lastOpened = sessionOf(answer) ?? lastOpened
      const key = defaultKeyIn(answer)
      if (key !== undefined) keys.set('golden key', key)
      const etag = answer.headers.etag
      if (typeof etag === 'string') found.set('<etag>', etag)
    },
  }
}

/** The key that the last wizard shows. */
function defaultKeyIn(answer: WireAnswer): string | undefined {
  return /"default_key":\s*"([0-9a-f]+)"/.exec(answer.body.toString('utf8'))?.[1]
}

function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new Unprepared(`needs ${what}`)
  return value
}
