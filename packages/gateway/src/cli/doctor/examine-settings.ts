import { isLoopback } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { type Finding, findingsAbout } from './finding.ts'

const { ok, warning, fault } = findingsAbout('settings')

/** From here on a stolen access token is good for long. Seconds. */
const LONG_ACCESS_SECONDS = 3_600

/** What the settings let happen that somebody may not have meant. Pure. */
export function examineSettings(
  settings: Settings,
  { tlsUnchecked }: { readonly tlsUnchecked: boolean },
): readonly Finding[] {
  const findings = [
    ...examineAddress(settings),
    ...examineDatabases(settings),
    ...(tlsUnchecked
      ? [
          fault('NODE_TLS_REJECT_UNAUTHORIZED=0 is set: certificates are not checked.', {
            why: 'Whoever stands between Gatehouse and Odoo can read every password.',
            next: 'Unset it; name a certificate authority of your own in NODE_EXTRA_CA_CERTS instead.',
          }),
        ]
      : []),
    ...(settings.tokens.showRefreshTokenToBrowsers
      ? [
          warning('tokens.showRefreshTokenToBrowsers is on.', {
            why: 'A script that gets into a page can take the refresh token along.',
            next: 'Turn it off once no browser app reads the token from the body.',
          }),
        ]
      : []),
    ...(settings.tokens.accessTtlSeconds > LONG_ACCESS_SECONDS
      ? [
          warning(`Access tokens live for ${settings.tokens.accessTtlSeconds} seconds.`, {
            why: 'So long a stolen one is good for, unless its sign-in is ended.',
            next: 'Lower tokens.accessTtlSeconds; clients renew with the refresh token.',
          }),
        ]
      : []),
  ]
  return findings.length === 0 ? [ok('Nothing in the settings is open that should not be.')] : findings
}

function examineAddress({ url, host, trustedProxies, databases }: Settings): readonly Finding[] {
  const everyone = trustedProxies.filter((network) => network.endsWith('/0'))
  return [
    ...(url.startsWith('http:') && !isLoopback(new URL(url).hostname)
      ? [
          warning(`GATEHOUSE_URL is ${url}: not https.`, {
            why: 'Passwords and tokens travel where others can read them, and cookies are not Secure.',
            next: 'Put a proxy with a certificate in front, and set GATEHOUSE_URL to its https address.',
          }),
        ]
      : []),
    ...everyone.map((network) =>
      fault(`trustedProxies holds ${network}: everybody.`, {
        why: 'Anybody can claim any address, so that throttling and address lists hold nobody back.',
        next: 'List the addresses of your proxies only.',
      }),
    ),
    ...(databases.length === 0 && !isLoopback(host)
      ? [
          warning(`The sandbox can be reached from other machines (HOST ${host}).`, {
            why: 'Everyone knows its passwords.',
            next: 'Set ODOO_URL and ODOO_DB, or HOST=127.0.0.1.',
          }),
        ]
      : []),
  ]
}

function examineDatabases({ databases }: Settings): readonly Finding[] {
  return databases
    .filter(({ odooUrl }) => odooUrl.startsWith('http:') && !isLoopback(new URL(odooUrl).hostname))
    .map(({ name, odooUrl }) =>
      warning(`Odoo of ${name} is called at ${odooUrl}: not https.`, {
        why: 'Passwords and sessions travel where others on the way can read them.',
        next: 'Use https, or a network that nobody else is on.',
      }),
    )
}
