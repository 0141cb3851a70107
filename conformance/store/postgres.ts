import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian keeps the programs of each PostgreSQL. */
const PROGRAMS = '/usr/lib/postgresql'

/** The user that Debian's package makes for the server, which refuses to run as root. */
const SERVER_USER = 'postgres'

/** A PostgreSQL that tests may use as they like. */
export type TestPostgres = {
  /** Its address: a user who may make schemas, and a database. */
  readonly url: string
  /** Stops the server at once, as a crash would. */
  stop(): void
  /** Starts it again at the same address. */
  start(): void
  /** Stops it and removes everything. */
  remove(): void
}

/** Is a server given (`TEST_DATABASE_URL`) or installed? */
export function hasPostgres(): boolean {
  return process.env.TEST_DATABASE_URL !== undefined || programs() !== undefined
}

/** Starts a server of its own on a free port of 127.0.0.1, in a directory that is removed at the end. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = programs()
  if (bin === undefined) throw new Error(`There is no PostgreSQL in ${PROGRAMS}.`)
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'))
  const data = join(directory, 'data')
  const port = await freePort()
  const run = asServerUser(directory)
  run(join(bin, 'initdb'), ['-D', data, '-U', 'gatehouse', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  const options = `-p ${port} -k ${directory} -c listen_addresses=127.0.0.1 -c max_connections=200`
  const start = () => run(join(bin, 'pg_ctl'), ['-D', data, '-o', options, '-l', join(directory, 'log'), '-w', 'start'])
  const stop = () => run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'])
  start()
  return {
    url: `postgres://gatehouse@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: () => {
      if (existsSync(join(data, 'postmaster.pid'))) stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The folder with the programs of the newest PostgreSQL that is installed. */
function programs(): string | undefined {
  if (!existsSync(PROGRAMS)) return undefined
  const newest = readdirSync(PROGRAMS).toSorted((left, right) => Number(right) - Number(left))
  return newest.map((version) => join(PROGRAMS, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
}

/** Runs programs as the server's user where this process is root's, and gives that user the directory. */
function asServerUser(directory: string): (program: string, options: readonly string[]) => void {
  const isRoot = process.getuid?.() === 0
  const idOf = (flag: string) => Number(execFileSync('id', [flag, SERVER_USER], { encoding: 'utf8' }))
  const identity = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  chmodSync(directory, 0o700)
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(directory, identity.uid, identity.gid)
  return (program, options) => {
    // Nothing of the server's output is kept open: it outlives the program that starts it.
    execFileSync(program, [...options], { ...identity, cwd: directory, stdio: 'ignore' })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
