import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import type { Gateway } from '../../harness/gateway-process.ts'
import { rotate, type Session, signIn, updateAccessToken, updateRefreshToken, useToken } from '../../harness/session.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

let directory: string
let gateway: Gateway

const inDirectory = (name: string) => join(directory, name)

/** A data directory of its own that a command may restore into; with the master key of the gateway, if asked. */
function makeDataDir(name: string, withKey: boolean): string {
  const made = mkdtempSync(inDirectory(name))
  if (withKey) copyFileSync(join(gateway.dataDir, 'master-key'), join(made, 'master-key'))
  return made
}

// skip: unless the gateway runs on the sandbox: commands need its data directory and the users that the sandbox has.
describe.runIf(canStartGateways && target.kind === 'sandbox')('gatehouse backup and restore', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'))
    gateway = await startOwnGateway({ dataDir: inDirectory('data') })
  })
  afterAll(async () => {
    await gateway?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  test('a backup under load holds one moment; restored, its tokens work', async () => {
    const port = gateway.port
    const idle = await signIn(gateway.url, target.users.demo)
    const busy = await Promise.all(Array.from({ length: 4 }, () => signIn(gateway.url, target.users.demo)))
    let going = true
    const load = busy.map(async (session) => {
      let tokens: Session = session
      let rotations = 0
      for (; going; rotations += 1) tokens = await rotate(tokens)
      return rotations
    })
    const file = inDirectory('under-load')
    const written = await runGatehouse(['backup', file, '--json'], { dataDir: gateway.dataDir })
    going = false
    const rotations = await Promise.all(load)
    expect(written, written.stderr).toMatchObject({ code: 0 })
    expect(Math.min(...rotations)).toBeGreaterThan(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n')
    const rows = lines.slice(1, -1).flatMap((line) => {
      const { table, rows } = JSON.parse(line) as { table: string; rows: Record<string, unknown>[] }
      return table === 'refresh_token' ? rows : []
    })
    // One moment: each grant has exactly one token that is not used up.
    const living = rows.filter(({ consumed_at }) => consumed_at === null).map(({ grant_id }) => grant_id)
    expect(new Set(living).size).toBe(living.length)
    expect(living.length).toBe(5)

    const restored = makeDataDir('restored-', true)
    // The sandbox keeps its own records and sessions: they are no part of what Gatehouse remembers.
    await gateway.stop()
    const told = await runGatehouse(['restore', file, '--json'], { dataDir: restored })
    expect(told, told.stderr).toMatchObject({ code: 0 })
    for (const name of ['sandbox-18.db', 'sandbox-17.db', 'sandbox-19.db', 'demo-credentials.json']) {
      const from = join(gateway.dataDir, name)
      if (existsSync(from)) copyFileSync(from, join(restored, name))
    }
    // The same address: tokens name their issuer.
    gateway = await startOwnGateway({ dataDir: restored, port })
    expect((await useToken(gateway.url, idle.token)).status).toBe(200)
    expect((await updateAccessToken(idle)).status).toBe(200)
    expect((await updateRefreshToken(idle)).status).toBe(200)
  })

  test('holds no master key unless asked, and says what has to be kept beside it', async () => {
    const key = readFileSync(join(gateway.dataDir, 'master-key'), 'utf8').trim()
    const without = await runGatehouse(['backup', inDirectory('without')], { dataDir: gateway.dataDir })
    expect(without.stdout).toMatch(/keep a copy of .*master-key/)
    expect(gunzipSync(readFileSync(inDirectory('without'))).toString('utf8')).not.toContain(key)
    const within = await runGatehouse(['backup', inDirectory('within'), '--with-master-key'], {
      dataDir: gateway.dataDir,
    })
    expect(within.stdout).toContain('keep the file as you would keep every password')
    const dataDir = makeDataDir('empty-', false)
    expect((await runGatehouse(['restore', inDirectory('without')], { dataDir })).stderr).toMatch(
      /opens with the master key/,
    )
    expect(existsSync(join(dataDir, 'gatehouse.db'))).toBe(false)
    expect((await runGatehouse(['restore', inDirectory('within')], { dataDir })).code).toBe(0)
    expect(readFileSync(join(dataDir, 'master-key'), 'utf8').trim()).toBe(key)
    expect(statSync(join(dataDir, 'master-key')).mode & 0o777).toBe(0o600)
  })

  test('does not write over a file, and does not restore over a store, unless told', async () => {
    const file = inDirectory('once')
    expect((await runGatehouse(['backup', file], { dataDir: gateway.dataDir })).code).toBe(0)
    expect((await runGatehouse(['backup', file], { dataDir: gateway.dataDir })).stderr).toMatch(/is there already/)
    const dataDir = makeDataDir('twice-', true)
    expect((await runGatehouse(['restore', file], { dataDir })).code).toBe(0)
    const second = await runGatehouse(['restore', file], { dataDir })
    expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/not empty .*--replace/) })
    expect((await runGatehouse(['restore', file, '--replace'], { dataDir })).code).toBe(0)
  })

  test('a gateway that runs is not restored under', async () => {
    const file = inDirectory('running')
    await runGatehouse(['backup', file], { dataDir: gateway.dataDir })
    const told = await runGatehouse(['restore', file, '--replace'], { dataDir: gateway.dataDir })
    expect(told).toMatchObject({ code: 78, stderr: expect.stringMatching(/Another gateway runs/) })
  })

  test('another master key is refused before anything is changed', async () => {
    const file = inDirectory('foreign')
    await runGatehouse(['backup', file], { dataDir: gateway.dataDir })
    const dataDir = makeDataDir('foreign-', false)
    const env = { GATEHOUSE_SECRET: 'a master key of somebody else, long enough' }
    const told = await runGatehouse(['restore', file], { dataDir, env })
    expect(told).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/opens with the master key \S+, and here it is/),
    })
    expect(existsSync(join(dataDir, 'gatehouse.db'))).toBe(false)
  })

  describe('a file that is no whole backup changes nothing', () => {
    const rewritten = (change: (lines: string[]) => string[]) => (good: string, bad: string) => {
      const lines = gunzipSync(readFileSync(good)).toString('utf8').trimEnd().split('\n')
      writeFileSync(bad, gzipSync(`${change(lines).join('\n')}\n`))
    }
    test.each<{ name: string; make: (good: string, bad: string) => void; says: RegExp }>([
      {
        name: 'cut off',
        make: (good, bad) => {
          copyFileSync(good, bad)
          truncateSync(bad, statSync(good).size - 40)
        },
        says: /cut off|damaged/,
      },
      { name: 'without its end', make: rewritten((lines) => lines.slice(0, -1)), says: /cut off/ },
      { name: 'without some rows', make: rewritten((lines) => lines.toSpliced(2, 1)), says: /damaged/ },
      {
        name: 'of other tables',
        make: rewritten(([head = '', ...rest]) => [head.replace('0002-', '9999-'), ...rest]),
        says: /other tables/,
      },
      {
        name: 'of a newer format',
        make: rewritten(([head = '', ...rest]) => [head.replace('"version":1', '"version":2'), ...rest]),
        says: /newer version/,
      },
      {
        name: 'of a table that there is not',
        make: rewritten((lines) => lines.toSpliced(1, 0, '{"table":"sqlite_master","rows":[]}')),
        says: /damaged/,
      },
      {
        name: 'of a column that there is not',
        make: rewritten((lines) => lines.map((line) => line.replaceAll('"created_at"', '"no_column"'))),
        says: /does not take: nothing was changed/,
      },
      { name: 'no archive', make: (_good, bad) => writeFileSync(bad, 'apis: []\n'), says: /no backup/ },
      {
        name: 'another archive',
        make: (_good, bad) => writeFileSync(bad, gzipSync('{"some":"thing"}\n')),
        says: /no backup/,
      },
    ])('$name', async ({ name, make, says }) => {
      const good = inDirectory(`good ${name}`)
      const bad = inDirectory(`bad ${name}`)
      const dataDir = makeDataDir('bad-', true)
      await runGatehouse(['backup', good], { dataDir: gateway.dataDir })
      await runGatehouse(['restore', good], { dataDir })
      const before = await runGatehouse(['signing-key', 'list', '--json'], { dataDir })
      make(good, bad)
      const told = await runGatehouse(['restore', bad, '--replace'], { dataDir })
      expect(told.code).not.toBe(0)
      expect(told.stderr).toMatch(says)
      expect((await runGatehouse(['signing-key', 'list', '--json'], { dataDir })).json).toEqual(before.json)
    })

    test('that is not there', async () => {
      const told = await runGatehouse(['restore', inDirectory('nowhere')], { dataDir: directory })
      expect(told).toMatchObject({ code: 1, stderr: expect.stringMatching(/^gatehouse: There is no file /) })
    })
  })

  test('--check reads a backup to its end and makes nothing', async () => {
    const file = inDirectory('checked')
    await runGatehouse(['backup', file], { dataDir: gateway.dataDir })
    const dataDir = makeDataDir('checked-', false)
    expect(await runGatehouse(['restore', file, '--check'], { dataDir })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/is whole: \d+ rows/),
    })
    expect(existsSync(join(dataDir, 'gatehouse.db'))).toBe(false)
  })
})
