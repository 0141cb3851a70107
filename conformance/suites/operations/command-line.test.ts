import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'

const MANIFEST = join(import.meta.dirname, '../../../packages/gateway/package.json')

let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-line-'))
})

afterAll(() => rmSync(dataDir, { recursive: true }))

test('gatehouse --version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  expect(await runGatehouse(['--version'], { dataDir })).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
})

test('a command that there is not is named beside those that there are, and nothing is started', async () => {
  const { code, stdout, stderr } = await runGatehouse(['sandbo'], { dataDir })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^gatehouse: there is no command 'sandbo'; there are serve, sandbox, .+\.\n$/)
})
