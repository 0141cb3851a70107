import { describe, expect, test } from 'vitest'
import { documentOf } from '../policy/api-document.ts'
import { readPolicyFile, writePolicyFile } from './policy-file.ts'
import { SettingsError } from './setting-fault.ts'

const read = (text: string) => readPolicyFile('policy.yaml', text, ['demo'])

function faultsOf(text: string): readonly string[] {
  try {
    read(text)
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ path, message }) => `${path} ${message}`)
    throw error
  }
  return []
}

test('a file that was written is read as the same APIs', () => {
  const apis = read('apis: [{name: shop, database: demo, exposures: [{model: res.partner, verbs: [read]}]}]')
  expect(read(writePolicyFile(apis.map(documentOf)))).toEqual(apis)
})

describe('every fault of a file is told at once, by its path', () => {
  const cases: readonly (readonly [text: string, faults: readonly RegExp[]])[] = [
    ['apis: {}', [/^apis must be a list/]],
    ['[]', [/^policy.yaml must hold settings by name/]],
    ['apis: [', [/^policy.yaml is not valid YAML/]],
    ['apis: []\nports: 3', [/^policy.yaml has a setting that is not known: "ports"/]],
    [
      'apis: [{name: shop, database: other, exposures: [{model: "bad model", verbs: [fly]}]}, {name: shop, database: other}]',
      [
        /^apis.0.exposures.0.model must be the technical name/,
        /^apis.0.exposures.0.verbs.0 must be one of read, create, update, delete/,
        /^apis.0.database is "other", which is no configured database \(there is: demo\)/,
        /^apis.1.name is the name of another API/,
        /^apis.1.database is "other"/,
      ],
    ],
  ]
  test.each(cases)('%s', (text, expected) => {
    const faults = faultsOf(text)
    expect(faults).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(faults[index]).toMatch(pattern)
  })
})
