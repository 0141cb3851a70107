import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EndedCommand, runGatehouse } from '../../harness/gatehouse-command.ts'

/** An installation on the sandbox that commands work on, and a place for their files. */
export type Installation = {
  readonly dataDir: string
  /** Runs a command on it. */
  run(...args: string[]): Promise<EndedCommand>
  /** The same with a settings file. */
  runWith(settings: object, ...args: string[]): Promise<EndedCommand>
  /** Runs `apply -`, which reads the policy from standard input. */
  apply(policy: string | object, ...args: string[]): Promise<EndedCommand>
  /** Writes a file and answers its path. */
  write(name: string, content: string | object): string
  remove(): void
}

/** Makes a fresh one. */
export function makeInstallation(): Installation {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-policy-'))
  const write = (name: string, content: string | object) => {
    const path = join(dataDir, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
  return {
    dataDir,
    write,
    run: (...args) => runGatehouse(args, { dataDir }),
    runWith: (settings, ...args) =>
      runGatehouse(args, { dataDir, env: { GATEHOUSE_CONFIG: write('settings.yaml', settings) } }),
    apply: (policy, ...args) => {
      const input = typeof policy === 'string' ? policy : JSON.stringify(policy)
      return runGatehouse(['apply', '-', ...args], { dataDir, input })
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** The policy of one API that shows a few models for reading. */
export const policyOf = (name: string, ...models: readonly string[]) => ({
  apis: [{ name, database: 'demo', exposures: models.map((model) => ({ model, verbs: ['read'] })) }],
})
