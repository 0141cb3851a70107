import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { startGateway } from '../../harness/gateway-process.ts'
import { listAt, objectOf } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

const SECRETS = {
  old: 'the master secret that was there before',
  new: 'the master secret that is to come now',
  third: 'a master secret that nobody has asked for',
} as const

type Name = keyof typeof SECRETS

// skip: commands make an installation of their own, on the sandbox.
describe.skipIf(target.kind !== 'sandbox')('a change of the master key', () => {
  let directory: string
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-master-key-'))
    for (const [name, text] of Object.entries(SECRETS)) writeFileSync(join(directory, name), text)
    const gateway = await startGateway({ dataDir: directory, env: { GATEHOUSE_SECRET: SECRETS.old } })
    await gateway.stop()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const run = (as: Name, ...args: string[]) =>
    runGatehouse(['secret', ...args, '--json'], { dataDir: directory, env: { GATEHOUSE_SECRET: SECRETS[as] } })
  const changeTo = (name: Name) => ['change', '--new-secret-file', join(directory, name)]
  const keyIdsUnder = async (as: Name) => {
    const { json, stderr } = await run(as, 'list')
    if (json === undefined) return stderr
    const master = objectOf(json).master
    return listAt(json, 'keys')
      .map(objectOf)
      .filter(({ masterId }) => masterId === master).length
  }

  test('is finished with the new one alone, and can be given up with the old one alone', async () => {
    expect(await run('old', 'finish')).toMatchObject({ code: 1, stderr: expect.stringMatching(/not being changed/) })
    expect(await run('old', ...changeTo('new'))).toMatchObject({ code: 0 })
    for (const name of ['old', 'new'] as const) expect(await keyIdsUnder(name), name).toBe(1)

    expect(await run('old', 'finish')).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/the one to change to is .*new GATEHOUSE_SECRET.*--abort/),
    })
    expect(await run('new', 'change', '--abort')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/the one before was .*secret finish/),
    })
    for (const name of ['old', 'new'] as const) {
      const refused = { code: 1, stderr: expect.stringMatching(/is being changed to .*secret finish.*--abort/) }
      expect(await run(name, ...changeTo('third')), name).toMatchObject(refused)
      expect(await run(name, 'rotate'), name).toMatchObject(refused)
      expect(await keyIdsUnder(name), name).toBe(1)
    }

    expect(await run('old', 'change', '--abort')).toMatchObject({ code: 0 })
    expect(await keyIdsUnder('old')).toBe(1)
    expect(await keyIdsUnder('new')).toMatch(/another master key/)

    expect(await run('old', ...changeTo('new'))).toMatchObject({ code: 0 })
    // Once more, as after a command that was cut off.
    expect(await run('old', ...changeTo('new'))).toMatchObject({ code: 0 })
    expect(await run('new', 'finish')).toMatchObject({ code: 0 })
    expect(await keyIdsUnder('new')).toBe(1)
    expect(await keyIdsUnder('old')).toMatch(/another master key/)
  }, 60_000)

  test.each<[string, string[]]>([
    ['neither', []],
    ['both', ['--new-secret-file', '-', '--abort']],
  ])('asks for a new secret or for --abort, not for %s', async (_, options) => {
    expect(await run('new', 'change', ...options)).toMatchObject({ code: 1, stderr: expect.stringMatching(/either/) })
  })

  test('is not finished while a gateway runs with the key before', async () => {
    const change = await run('new', ...changeTo('third'))
    expect(change, change.stderr).toMatchObject({ code: 0 })
    const gateway = await startGateway({ dataDir: directory, env: { GATEHOUSE_SECRET: SECRETS.new } })
    expect(await run('third', 'finish')).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/1 gateway runs with another master key: restart/),
    })
    expect(await keyIdsUnder('new')).toBe(1)
    await gateway.stop()
    const restarted = await startGateway({ dataDir: directory, env: { GATEHOUSE_SECRET: SECRETS.third } })
    expect(await run('third', 'finish')).toMatchObject({ code: 0 })
    await restarted.stop()
  }, 60_000)
})
