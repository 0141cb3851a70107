import type { OdooVersion } from '@odoo-gatehouse/sandbox'
import {
  DATABASE_COMPLAINT,
  HOST_COMPLAINT,
  isDatabaseName,
  isLoopback,
  ODOO_VERSIONS,
  VERSION_COMPLAINT,
} from '@odoo-gatehouse/sandbox/start-options'
import { InvalidArgumentError, Option } from 'commander'

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

/** The options of `gatehouse sandbox`, each with the sentence that refuses a wrong value. */
export const SANDBOX_OPTIONS: readonly Option[] = [
  new Option('--odoo <version>', `the Odoo that it looks like: ${ODOO_VERSIONS.join(', ')}`)
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
  new Option('--file <path>', 'keep the records in this file (default: in memory, gone when it stops)').argParser(
    readFile,
  ),
  new Option('--database <name>', 'the name of its database').default('demo').argParser(readDatabase),
  new Option('--faults', 'let clients ask for faults: slow answers, dropped connections, expiring sessions'),
  new Option('--json', 'print one line of JSON in place of the text'),
]

function readVersion(text: string): OdooVersion {
  const version = ODOO_VERSIONS.find((known) => String(known) === text)
  if (version === undefined) throw new InvalidArgumentError(VERSION_COMPLAINT)
  return version
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

function readHost(text: string): string {
  if (isLoopback(text)) return text
  throw new InvalidArgumentError(HOST_COMPLAINT)
}

/** SQLite would take no name for a file that is gone when it is closed. */
function readFile(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Name the file, or leave --file out to keep the records in memory.')
}

function readDatabase(text: string): string {
  if (isDatabaseName(text)) return text
  throw new InvalidArgumentError(DATABASE_COMPLAINT)
}
