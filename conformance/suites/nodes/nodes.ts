import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { textAt } from '../../harness/json-reading.ts'
import { runSandboxCommand } from '../../harness/sandbox-process.ts'
import { DEMO_EXPOSURES } from '../../harness/settings.ts'
import { startPostgres, type TestPostgres } from '../../store/postgres.ts'

/** The master key that all nodes have. */
const SECRET = 'a master secret that every node is given'

/** Two gateways on one PostgreSQL, in front of one Odoo. */
export type Nodes = AsyncDisposable & {
  readonly first: Gateway
  readonly second: Gateway
  readonly postgres: TestPostgres
  /** The look-alike, which takes wishes for faults (`/sandbox/faults`). */
  readonly odooUrl: string
  /** Runs a command of `gatehouse` on the same installation and answers what it printed. */
  command(...args: readonly string[]): Promise<string>
}

/** Starts PostgreSQL, an Odoo look-alike and two nodes; ends them all at the end of the block. */
export async function startNodes(): Promise<Nodes> {
  await using opened = new AsyncDisposableStack()
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-nodes-'))
  opened.defer(() => rmSync(directory, { recursive: true, force: true }))
  const postgres = opened.adopt(await startPostgres(), (it) => it.remove())
  const sandbox = opened.adopt(
    runSandboxCommand(['--port', '0', '--json', '--faults']),
    async (it) => void (await it.stop()),
  )
  await sandbox.printed(/\}\n$/)
  const odooUrl = textAt(JSON.parse(sandbox.stdout()), 'url')
  const env = {
    DATABASE_URL: postgres.url,
    GATEHOUSE_SECRET: SECRET,
    ODOO_URL: odooUrl,
    ODOO_DB: 'demo',
    // One address in front of all nodes, as a load balancer gives them.
    GATEHOUSE_URL: 'http://gate.example',
  }
  const start = async (name: string) => {
    return opened.adopt(
      await startGateway({ env, dataDir: join(directory, name) }),
      async (it) => void (await it.stop()),
    )
  }
  const commandDir = join(directory, 'command')
  mkdirSync(commandDir)
  const command = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runGatehouse(args, { dataDir: commandDir, env })
    if (code !== 0) throw new Error(`gatehouse ${args.join(' ')} ended with ${code}: ${stderr}`)
    return stdout
  }
  const policy = join(directory, 'policy.json')
  writeFileSync(policy, JSON.stringify({ apis: [{ name: 'default', database: 'demo', exposures: DEMO_EXPOSURES }] }))
  await command('apply', policy)
  // At once, on an empty store: one of them makes the tables and the first signing key.
  const [first, second] = await Promise.all([start('first'), start('second')])
  const ending = opened.move()
  return { first, second, postgres, odooUrl, command, [Symbol.asyncDispose]: () => ending.disposeAsync() }
}
