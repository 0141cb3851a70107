import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { runSandboxCommand } from '../../harness/sandbox-process.ts'

const DOCUMENT = join(import.meta.dirname, '../../../docs/sandbox.md')

/** The samples need it for XML-RPC and for a code of the second factor. */
const hasPython = spawnSync('python3', ['--version']).status === 0

// skip: where there is no python3, which some samples use.
test.skipIf(!hasPython)('the samples of docs/sandbox.md run as they are written, one after the other', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-document-'))
  const eighteen = runSandboxCommand(['--odoo', '18', '--port', '0', '--faults'])
  const nineteen = runSandboxCommand(['--odoo', '19', '--port', '0'])
  try {
    const blocks = [...readFileSync(DOCUMENT, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
    const script = ['set -e', ...blocks]
      .join('\n')
      .replaceAll('http://127.0.0.1:8018', await addressOf(eighteen))
      .replaceAll('http://127.0.0.1:8019', await addressOf(nineteen))
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: directory })
    expect(stdout).not.toContain('"error"')
    // Each way of signing in came through: session, JSON-RPC, XML-RPC, key, second factor.
    expect(stdout).toMatch(/"child_ids":\[\{"id":/)
    expect(stdout).toMatch(/"result": ?\d+\}?\s*\d+\n/)
    expect(stdout).toMatch(/\[\{"id":\d+,"name":"[^"]+"\}/)
    expect(stdout).toContain('"uid":null')
    expect(stdout).toMatch(/"username":"totp"/)
    expect(stdout).toContain('bad_gateway')
  } finally {
    await Promise.all([eighteen.stop(), nineteen.stop()])
    rmSync(directory, { recursive: true })
  }
})

async function addressOf(sandbox: ReturnType<typeof runSandboxCommand>): Promise<string> {
  return (await sandbox.printed(/http:\/\/127\.0\.0\.1:\d+/))[0]
}
