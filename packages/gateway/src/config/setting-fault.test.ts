import { expect, test } from 'vitest'
import { parseYamlObject } from './setting-fault.ts'

test.each([
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQ: canary: {\n-----END PRIVATE KEY-----'],
  ['a text', 'canary'],
  ['an unknown anchor', 'a: *canary'],
  ['an unknown tag in a broken list', '!canary [canary'],
  ['a name twice', 'canary: 1\ncanary: 2'],
  ['a list', '- canary'],
])('a file that is none of settings is refused without a word of it: %s', (_, text) => {
  const refused = () => parseYamlObject('policy.yaml', text, 'apis: []')
  expect(refused).toThrow(/policy\.yaml: .*must hold settings by name, such as "apis: \[\]"/)
  expect(refused).not.toThrow(/canary/i)
})
