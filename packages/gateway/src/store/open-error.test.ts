import { describe, expect, test } from 'vitest'
import { explainOpenFailure, StoreOpenError } from './open-error.ts'

describe('what a failure to open the store is told as', () => {
  const cases = [
    {
      name: 'a directory without permission',
      error: systemError('EACCES'),
      says: /give the user that runs Gatehouse access/,
    },
    { name: 'a read-only file system', error: systemError('EROFS'), says: /give the user that runs Gatehouse access/ },
    { name: 'a full disk', error: systemError('ENOSPC'), says: /free some space/ },
    { name: 'a lock that another program holds', error: sqliteError(5), says: /stop the other Gatehouse/ },
    { name: 'an extended code of SQLite (SQLITE_IOERR_SHORT_READ)', error: sqliteError(522), says: /check the disk/ },
    {
      name: 'a read-only file (SQLITE_READONLY_DIRECTORY)',
      error: sqliteError(1544),
      says: /access to it and to its directory/,
    },
    {
      name: 'a damaged index (SQLITE_CORRUPT_INDEX)',
      error: sqliteError(779),
      says: /move it away and restore a backup/,
    },
  ]

  test.each(cases)('$name', ({ error, says }) => {
    const told = explainOpenFailure('/srv/data/gatehouse.db', error)
    if (!(told instanceof StoreOpenError)) throw new Error('not explained')
    expect(told.message).toMatch(/^The store \/srv\/data\/gatehouse\.db .*\.$/)
    expect(told.message).toMatch(says)
    expect(told.cause).toBe(error)
  })

  test('a mistake of the program stays what it is', () => {
    const mistake = new TypeError('x is not a function')
    expect(explainOpenFailure('/srv/data/gatehouse.db', mistake)).toBe(mistake)
  })
})

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function sqliteError(errcode: number): Error {
  return Object.assign(new Error('SQLite'), { code: 'ERR_SQLITE_ERROR', errcode })
}
