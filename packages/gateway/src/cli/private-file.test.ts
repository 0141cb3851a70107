import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemRandom } from '../kernel/random.ts'
import { setNodeSetting } from '../store/node-settings.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { createSealer, deriveMasterKey } from '../tokens/sealer.ts'
import { writeBackup } from './backup/write-backup.ts'
import { replaceMasterKeyFile } from './master-key.ts'
import { replacePrivateFile } from './private-file.ts'

const SECRET = 'a master key that is long enough for this'

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-private-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

type Write = (directory: string, file: string) => Promise<void> | void

const WRITERS: readonly [name: string, file: string, trap: string, write: Write][] = [
  ['a backup', 'all.backup', 'all.backup.part', (_, file) => backUp(file, () => undefined)],
  ['the master key', 'master-key', 'master-key.new', (data) => replaceMasterKeyFile({ data }, SECRET)],
  ['any text', 'any', 'any.new', (_, file) => replacePrivateFile(file, SECRET)],
]

async function backUp(file: string, progress: () => void): Promise<void> {
  await using temporary = await openTemporaryStore()
  await setNodeSetting(temporary.store.db, 'a row', 'of something')
  const master = createSealer({ masterKey: deriveMasterKey(SECRET), random: systemRandom })
  await writeBackup(file, { store: temporary.store, madeAtMs: 0, master: { id: master.keyId, text: SECRET } }, progress)
}

describe.each(WRITERS)('%s', (_name, name, trap, write) => {
  test('does not follow a link that somebody has laid where it is written first', async () => {
    const directory = makeDirectory()
    const victim = join(directory, 'victim')
    writeFileSync(victim, 'untouched')
    symlinkSync(victim, join(directory, trap))
    await write(directory, join(directory, name))
    expect(readFileSync(victim, 'utf8')).toBe('untouched')
    expect(lstatSync(join(directory, name)).isFile()).toBe(true)
    expect(lstatSync(join(directory, trap)).isSymbolicLink()).toBe(true)
  })

  test('is readable by its owner alone, also beside a file that was made open to all', async () => {
    const directory = makeDirectory()
    writeFileSync(join(directory, trap), 'of somebody else')
    chmodSync(join(directory, trap), 0o666)
    await write(directory, join(directory, name))
    expect(lstatSync(join(directory, name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(directory, trap), 'utf8')).toBe('of somebody else')
  })
})

test('what cannot be put in its place leaves nothing of it behind', () => {
  const directory = makeDirectory()
  // A directory is no file that could be replaced.
  expect(() => replacePrivateFile(directory, SECRET)).toThrow()
  expect(readdirSync(directory)).toEqual([])
  expect(readdirSync(join(directory, '..')).filter((it) => it.startsWith(`${directory.split('/').at(-1)}.`))).toEqual(
    [],
  )
})

test('a backup that fails removes what it has written, and nothing else', async () => {
  const directory = makeDirectory()
  const file = join(directory, 'all.backup')
  writeFileSync(`${file}.part`, 'of somebody else')
  const fail = () => {
    throw new Error('the disk is away')
  }
  await expect(backUp(file, fail)).rejects.toThrow('the disk is away')
  expect(readdirSync(directory)).toEqual(['all.backup.part'])
})
