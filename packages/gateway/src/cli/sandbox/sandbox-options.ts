import type { OdooVersion } from '@odoo-gatehouse/sandbox'
import { InvalidArgumentError, Option } from 'commander'
import { isLoopback } from '../../config/load-settings.ts'

/** What the command line says about a sandbox. */
export type SandboxArguments = {
  readonly odoo: OdooVersion
  readonly port: number | undefined
  readonly host: string
  readonly file: string | undefined
  readonly database: string
  readonly faults?: boolean
  readonly json?: boolean
}

const VERSIONS = [17, 18, 19] as const satisfies readonly OdooVersion[]

/** The options of `gatehouse sandbox`, each with the sentence that refuses a wrong value. */
export const SANDBOX_OPTIONS: readonly Option[] = [
  new Option('--odoo <version>', `the Odoo that it looks like: ${VERSIONS.join(', ')}`)
    .env('GATEHOUSE_SANDBOX_ODOO')
    .default(18)
    .argParser(readVersion),
  new Option(
    '--port <number>',
    'the port that it listens on; 0 is any free one (default: 8017, 8018 or 8019 by version)',
  ).argParser(readPort),
  new Option('--host <address>', 'the address that it listens on; loopback only')
    .default('127.0.0.1')
    .argParser(readHost),
  new Option('--file <path>', 'keep the records in this file (default: in memory, gone when it stops)'),
  new Option('--database <name>', 'the name of its database').default('demo').argParser(readDatabase),
  new Option('--faults', 'let clients ask for faults: slow answers, dropped connections, expiring sessions'),
  new Option('--json', 'print one line of JSON in place of the text'),
]

function readVersion(text: string): OdooVersion {
  const version = VERSIONS.find((known) => String(known) === text)
  if (version === undefined)
    throw new InvalidArgumentError(`There are ${VERSIONS.slice(0, -1).join(', ')} and ${VERSIONS.at(-1)}.`)
  return version
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

function readHost(text: string): string {
  if (isLoopback(text)) return text
  throw new InvalidArgumentError(
    'Others could reach it there, and its passwords are published: take a loopback address, such as 127.0.0.1.',
  )
}

/** A name of PostgreSQL's, as Odoo's database manager takes it (odoo 18.0 web/controllers/database.py). */
function readDatabase(text: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text)) return text
  throw new InvalidArgumentError('A name has letters, digits, "_", "." and "-", and begins with a letter or digit.')
}
