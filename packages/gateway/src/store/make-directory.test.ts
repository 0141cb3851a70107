import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDirectory } from './make-directory.ts'

test('directories are made for their owner alone, and one that is there stays', () => {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-make-'))
  try {
    const inner = join(root, 'a', 'b')
    makeDirectory(inner)
    makeDirectory(inner)
    expect(statSync(inner).mode & 0o777).toBe(0o700)
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700)
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('a file on the way fails', () => {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-make-'))
  try {
    writeFileSync(join(root, 'file'), '')
    expect(() => makeDirectory(join(root, 'file', 'data'))).toThrow(/ENOTDIR/)
  } finally {
    rmSync(root, { recursive: true })
  }
})

// skip: only Linux has such a place.
test.runIf(existsSync('/proc/self'))('where the system says that there is no such place, it fails and ends', () => {
  expect(() => makeDirectory('/proc/gatehouse/data')).toThrow(/ENOENT/)
})
