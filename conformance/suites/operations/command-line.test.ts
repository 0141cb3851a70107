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

test.each([
  ['that looks like none', 'nonsense', /^gatehouse: there is no command 'nonsense'; there are serve, sandbox, .+\.\n$/],
  ['that is cut off', 'sandbo', /^gatehouse: there is no command 'sandbo'; did you mean sandbox\?\n$/],
  ['in the plural', 'keys', /^gatehouse: there is no command 'keys'; did you mean key\?\n$/],
])('for a command that there is not, %s, the right one is named, and nothing is started', async (_, word, sentence) => {
  const { code, stdout, stderr } = await runGatehouse([word], { dataDir })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(sentence)
})
