import { expect, test } from 'vitest'
import { administrationErrors } from '../../administration/errors.ts'
import { SettingsError } from '../../config/setting-fault.ts'
import { StartError } from '../start-error.ts'
import { CommandError } from './command-error.ts'
import { failureOf } from './failure.ts'

test.each<[string, unknown, object]>([
  [
    'a mistake of whoever calls',
    new CommandError('Name one.'),
    { text: 'Name one.', json: { error: 'Name one.', code: 'command' }, exitCode: 1 },
  ],
  [
    'a refusal',
    administrationErrors['admin.conflict']({ message: 'It is there.' }),
    { json: { error: 'It is there.', code: 'admin.conflict' }, exitCode: 1 },
  ],
  ['a start that cannot be', new StartError('Set PORT.'), { json: { code: 'start' }, exitCode: 78 }],
  [
    'wrong settings',
    new SettingsError([{ path: 'PORT', message: 'must be a number' }]),
    {
      text: 'a value is wrong:\n  PORT must be a number',
      json: { code: 'settings', faults: [{ path: 'PORT', message: 'must be a number' }] },
      exitCode: 78,
    },
  ],
])('%s is told in one sentence, with a code and an exit code', (_name, error, failure) => {
  expect(failureOf(error)).toMatchObject(failure)
})

test('a mistake of ours is told with its stack to people, and without to programs', () => {
  const { text, json } = failureOf(new TypeError('boom'))
  expect(text).toMatch(/boom\n\s+at /)
  expect(json).toEqual({ error: 'boom', code: 'unexpected' })
})
