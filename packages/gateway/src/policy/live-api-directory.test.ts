import { expect, test } from 'vitest'
import { ApiInput } from './api.ts'
import { compileApi } from './compile-api.ts'
import { liveApiDirectory } from './live-api-directory.ts'

const api = (name: string) => compileApi(ApiInput.parse({ name, database: 'demo' }))

test('what is replaced is gone, and what was found before is still whole', () => {
  const directory = liveApiDirectory([api('default'), api('shop')])
  const found = directory.find('demo', 'shop')
  directory.replace([api('app')])
  expect(directory.find('demo', 'shop')).toBeUndefined()
  expect(directory.defaultOf('demo')).toBeUndefined()
  expect(directory.all().map(({ name }) => name)).toEqual(['app'])
  expect(found?.name).toBe('shop')
})
