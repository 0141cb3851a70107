import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startGateway } from '../../harness/gateway-process.ts'
import { target } from '../../harness/target.ts'

const README = join(import.meta.dirname, '../../../README.md')

/** The shell blocks of the section on calls, with the gateway under test in place of the one that README starts. */
function callsOfReadme(url: string): readonly string[] {
  const text = readFileSync(README, 'utf8')
  const section = text.slice(text.indexOf('## The calls'), text.indexOf('## Read on'))
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) =>
    block.replaceAll('http://127.0.0.1:8080', url),
  )
}

// skip: what the README calls is the sandbox.
test.skipIf(target.kind !== 'sandbox')(
  'the calls of the README run as they are written, one after the other',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-readme-'))
    // Where `npm start` has it: one of the calls reads the demo's key from there.
    const gateway = await startGateway({ dataDir: join(directory, 'data') })
    try {
      const blocks = callsOfReadme(gateway.url)
      expect(blocks.length).toBeGreaterThanOrEqual(2)
      const script = ['set -eo pipefail', ...blocks].join('\n')
      const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: directory })
      expect(stdout).not.toContain('"error"')
      for (const sign of ['"status":[', '"access_token":', '"logged_out":1', '"total":', '"deleted_id":']) {
        expect(stdout).toContain(sign)
      }
    } finally {
      await gateway.stop()
      rmSync(directory, { recursive: true })
    }
  },
)
