import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SETTINGS_DOC, settingsDoc } from './settings-doc.ts'

test('docs/settings.md is what the declaration of the settings says; `npm run docs` makes it anew', () => {
  expect(readFileSync(SETTINGS_DOC, 'utf8')).toBe(settingsDoc())
})
