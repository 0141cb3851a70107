import { connect } from 'node:tls'
import {
  createOdooTransport,
  type OdooTransport,
  OdooUnreachable,
  type OdooVersion,
  probeVersion,
} from '@odoo-gatehouse/odoo/client'
import type { Clock } from '../../kernel/clock.ts'
import { UNREACHABLE_WORDS } from '../unreachable-words.ts'
import { type Finding, findingsAbout } from './finding.ts'
import { lookAtDoors, type OdooDoors } from './odoo-doors.ts'

/** Longest wait for one answer: a doctor does not wait as long as a client does. Milliseconds. */
const WAIT_MS = 10_000

/** A clock that is off by more disturbs codes of a second factor and the ends of keys. Milliseconds. */
const SKEW_MAX_MS = 10_000

const DAY_MS = 86_400_000

/** A certificate that ends sooner is told. Days. */
const CERTIFICATE_DAYS_MIN = 14

/** What was found, and the way to Odoo where it answers. The caller closes it. */
export type OdooExamined = { readonly findings: readonly Finding[]; readonly transport: OdooTransport | undefined }

/** Looks at one Odoo from outside. */
export async function examineOdoo(
  { name, odooUrl }: { readonly name: string; readonly odooUrl: string },
  clock: Clock,
): Promise<OdooExamined> {
  const { fault } = findingsAbout(`odoo ${name}`)
  const tls = odooUrl.startsWith('https:') ? await examineCertificate(name, new URL(odooUrl), clock.nowMs()) : []
  const transport = createOdooTransport({ url: odooUrl, headersTimeoutMs: WAIT_MS, totalTimeoutMs: 2 * WAIT_MS })
  try {
    const version = await probeVersion(transport)
    const doors = await lookAtDoors(transport, name, version)
    const findings = [
      ...tls,
      describeVersion(name, odooUrl, version),
      ...describeDatabase(name, doors),
      ...(await examineClock(name, transport, clock)),
      ...describeDoors(name, doors, version),
    ]
    return { findings, transport: doors.hasDatabase === false ? undefined : transport }
  } catch (error) {
    await transport.close()
    if (!(error instanceof OdooUnreachable)) throw error
    const gone = fault(`Odoo does not answer at ${odooUrl} (${UNREACHABLE_WORDS[error.reason]}).`, {
      why: 'Nobody can sign in, and no call is answered.',
      next: 'Start it, or correct ODOO_URL or databases[].odooUrl; look at firewalls on the way.',
    })
    return { findings: tls.some(({ state }) => state === 'fault') ? tls : [...tls, gone], transport: undefined }
  }
}

function describeVersion(name: string, url: string, { serie, major }: OdooVersion): Finding {
  const { ok, warning, fault } = findingsAbout(`odoo ${name}`)
  if (major < 14) return fault(`Odoo ${serie} answers at ${url}: versions before 14 are not supported.`)
  if (major > 19) return warning(`Odoo ${serie} answers at ${url}: this version of Gatehouse was tried up to 19.`)
  return ok(`Odoo ${serie} answers at ${url}.`)
}

function describeDatabase(name: string, { listed, hasDatabase }: OdooDoors): readonly Finding[] {
  const { ok, unknown, warning, fault } = findingsAbout(`odoo ${name}`)
  const there =
    hasDatabase === undefined
      ? unknown(`Odoo does not tell strangers whether it has the database "${name}".`, {
          next: 'Run the doctor with --login to be sure.',
        })
      : hasDatabase
        ? ok(`It has the database "${name}".`)
        : fault(
            `It has no database "${name}"${listed === undefined ? '' : ` (it lists: ${listed.join(', ') || 'none'})`}.`,
            {
              why: 'Every sign-in is answered like a wrong password.',
              next: 'Correct ODOO_DB or databases[].name.',
            },
          )
  if (listed === undefined) return [there, ok('It lists its databases to nobody.')]
  const open = warning('It lists its databases to anybody (/web/database/list), and so its database manager is open.', {
    why: 'Gatehouse does not need it; whoever guesses the master password can copy or drop a database.',
    next: 'Where Odoo can be reached by others: set `list_db = False` in its configuration file.',
  })
  return [there, open]
}

function describeDoors(name: string, doors: OdooDoors, { major }: OdooVersion): readonly Finding[] {
  const { ok, unknown, warning } = findingsAbout(`odoo ${name}`)
  const transports = [
    'web session',
    ...(doors.jsonRpc ? ['JSON-RPC'] : []),
    ...(doors.xmlRpc ? ['XML-RPC'] : []),
    ...(doors.json2 ? ['JSON-2'] : []),
  ]
  const keys = major >= 19 ? doors.json2 : doors.jsonRpc
  return [
    ok(`Gatehouse can speak to it by: ${transports.join(', ')}.`),
    ok('People sign in with their password, which opens a web session.'),
    keys
      ? ok(
          `Keys and clients can act with an Odoo API key (by ${major >= 19 ? 'JSON-2' : 'JSON-RPC'}; no reports, no files).`,
        )
      : warning(`Odoo API keys cannot be used: ${major >= 19 ? '/json/2' : '/jsonrpc'} does not answer.`, {
          next: 'Let the proxy in front of Odoo pass that path, or store passwords for keys and clients.',
        }),
    doors.authOauth
      ? ok('The module auth_oauth is installed: sessions by a provider are possible.')
      : unknown('The module auth_oauth is not installed, or not to be seen: no sessions by a provider.', {
          next: 'To have them: Settings, General Settings, Integrations, tick OAuth Authentication.',
        }),
    doors.proxyMode === undefined
      ? unknown('Whether Odoo believes X-Forwarded-For could not be told from outside.', {
          why: 'If not, its pause after failed sign-ins counts all users of Gatehouse as one address.',
          next: 'Set `proxy_mode = True` in its configuration file, if only proxies and Gatehouse can reach it.',
        })
      : doors.proxyMode
        ? ok('Odoo believes X-Forwarded-For (proxy_mode), so that it tells the users of Gatehouse apart.')
        : warning('Odoo does not believe X-Forwarded-For.', {
            why: 'Its pause after failed sign-ins counts all users of Gatehouse as one address.',
            next: 'Set `proxy_mode = True` in its configuration file, if only proxies and Gatehouse can reach it.',
          }),
  ]
}

async function examineClock(name: string, transport: OdooTransport, clock: Clock): Promise<readonly Finding[]> {
  const { ok, unknown, warning } = findingsAbout(`odoo ${name}`)
  const sentAtMs = clock.nowMs()
  const { headers } = await transport.get('/web/health')
  const nowMs = (sentAtMs + clock.nowMs()) / 2
  const theirsMs = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN
  if (Number.isNaN(theirsMs)) return [unknown('Odoo does not tell its time.')]
  // The header has whole seconds, cut off.
  const skewMs = theirsMs + 500 - nowMs
  if (Math.abs(skewMs) <= SKEW_MAX_MS) return [ok('Its clock and the one of this machine agree.')]
  return [
    warning(
      `Its clock is ${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's.`,
      {
        why: 'Codes of a second factor and ends of keys are judged by the clock.',
        next: 'Have both machines take their time from NTP.',
      },
    ),
  ]
}

function examineCertificate(name: string, { hostname, port }: URL, nowMs: number): Promise<readonly Finding[]> {
  const { ok, warning, fault } = findingsAbout(`odoo ${name}`)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: port === '' ? 443 : Number(port), servername: hostname })
    const end = (findings: readonly Finding[]) => {
      socket.destroy()
      resolve(findings)
    }
    socket.setTimeout(WAIT_MS, () => end([]))
    // Whatever is no matter of certificates is told by the call that follows.
    socket.once('error', (error: Error & { code?: string }) => {
      const isOfCertificates = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(error.code ?? '')
      const next =
        'Renew the certificate, or name the authority that signed it in NODE_EXTRA_CA_CERTS; do not turn the check off.'
      end(isOfCertificates ? [fault(`The certificate of ${hostname} is refused: ${error.message}.`, { next })] : [])
    })
    socket.once('secureConnect', () => {
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - nowMs) / DAY_MS)
      const next = 'Renew it; when it has run out, nobody can sign in.'
      const isSoon = days < CERTIFICATE_DAYS_MIN
      end([
        isSoon
          ? warning(`The certificate of ${hostname} ends in ${days} days.`, { next })
          : ok(`The certificate of ${hostname} is good for ${days} days.`),
      ])
    })
  })
}
