import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { startGateway, startToEnd } from '../../harness/gateway-process.ts'
import { canStartGateways } from '../../harness/target.ts'

let dataDir: string

// skip: needs data directories of its own, which a given GATEHOUSE_TEST_URL does not have.
describe.skipIf(!canStartGateways)('where there is no installation, or not all of one', () => {
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-none-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  test.each([
    'key list',
    'grant list',
    'secret list',
    'signing-key rotate',
    'owner list',
    'audit list',
    'export',
    'backup here.backup',
    'apply --check policy.json',
  ])('`%s` makes nothing and says where to run it', async (line) => {
    const { code, stdout, stderr } = await runGatehouse(line.split(' '), { dataDir })
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr).toBe(
      `gatehouse: There is no Gatehouse in ${dataDir}: run this in the gateway's directory, or set GATEHOUSE_DATA as it has it.\n`,
    )
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('a policy may come before the first start', async () => {
    expect(await runGatehouse(['apply', '-'], { dataDir, input: '{"apis": []}' })).toMatchObject({ code: 0 })
    expect(await runGatehouse(['key', 'list'], { dataDir })).toMatchObject({ code: 0 })
  })

  test('a master key that is gone is asked for, and no other is made in its place', async () => {
    await (await startGateway({ dataDir })).stop()
    const key = readFileSync(join(dataDir, 'master-key'), 'utf8')
    rmSync(join(dataDir, 'master-key'))
    const says = `${join(dataDir, 'master-key')} is missing, and the store was made with one: put your copy of it back, or set GATEHOUSE_SECRET.`
    expect((await startToEnd({ dataDir })).output).toContain(says)
    expect(await runGatehouse(['key', 'list'], { dataDir })).toMatchObject({ code: 78, stderr: `gatehouse: ${says}\n` })
    expect(existsSync(join(dataDir, 'master-key'))).toBe(false)
    writeFileSync(join(dataDir, 'master-key'), 'cut')
    expect((await startToEnd({ dataDir })).output).toContain('is damaged: put your copy of it back, or set')
    writeFileSync(join(dataDir, 'master-key'), key)
    expect(await runGatehouse(['key', 'list'], { dataDir })).toMatchObject({ code: 0 })
  })

  test('a store with a damaged part is a fault for the doctor, and a sentence for a backup', async () => {
    const file = join(dataDir, 'gatehouse.db')
    const exposures = Array.from({ length: 200 }, (_, number) => ({ model: `x.damaged${number}`, verbs: ['read'] }))
    const input = JSON.stringify({ apis: [{ name: 'large', database: 'demo', exposures }] })
    const applied = await runGatehouse(['apply', '-'], { dataDir, input })
    expect(applied, applied.stderr).toMatchObject({ code: 0 })
    const content = readFileSync(file)
    // The first page says what the file is: without it nothing opens.
    for (let at = 4096; at < content.length; at += 4096) {
      if (content.subarray(at, at + 4096).includes('x.damaged')) content.fill(0x5a, at, at + 4096)
    }
    writeFileSync(file, content)
    const doctor = await runGatehouse(['doctor'], { dataDir })
    expect(doctor).toMatchObject({ code: 1, stderr: '', stdout: expect.stringMatching(/FAULT {4}.*is damaged/) })
    const backup = await runGatehouse(['backup', join(dataDir, 'a.backup')], { dataDir })
    expect(backup.code).not.toBe(0)
    expect(backup.stderr).toMatch(/^gatehouse: The store .* is damaged .*restore a backup.*\n$/)
    expect(existsSync(join(dataDir, 'a.backup'))).toBe(false)
  })

  // skip: only Linux has a directory in which nobody can make anything.
  test.runIf(existsSync('/proc/self'))('a place where nothing can be made ends the start', async () => {
    const { code, output } = await startToEnd({ dataDir: '/proc/gatehouse' })
    expect(code).toBe(78)
    expect(output).toContain('The data directory /proc/gatehouse cannot be used')
  })
})
