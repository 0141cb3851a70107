import { capabilitiesOf, OdooFault, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { expect, test } from 'vitest'
import type { UserPrincipal } from '../kernel/principal.ts'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { createSettingsMembers } from './settings-members.ts'

const admin = { database: 'demo', uid: 2, login: 'admin', grantId: 'gr_1' } as UserPrincipal

/** Odoo's answers in turn; what is thrown is thrown. */
function membersAnswering(...answers: readonly unknown[]) {
  const clock = createManualClock()
  const asked: string[] = []
  const as = ({ grantId }: UserPrincipal) => ({
    capabilities: async () => capabilitiesOf({ major: 18 }),
    call: async () => {
      const answer = answers[Math.min(asked.push(grantId), answers.length) - 1]
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  return { members: createSettingsMembers({ upstream: { as }, clock }), clock, asked }
}

test('an answer of Odoo is believed for less than 60 seconds, for that sign-in alone', async () => {
  const { members, clock, asked } = membersAnswering(true, false)
  expect(await members.isMember(admin)).toBe(true)
  clock.advanceMs(59_999)
  expect(await members.isMember(admin)).toBe(true)
  expect(await members.isMember({ ...admin, grantId: 'gr_2' })).toBe(false)
  clock.advanceMs(1)
  expect(await members.isMember(admin)).toBe(false)
  expect(asked).toEqual(['gr_1', 'gr_2', 'gr_1'])
})

test('calls at the same time ask once', async () => {
  const { members, asked } = membersAnswering(true)
  expect(await Promise.all([members.isMember(admin), members.isMember(admin)])).toEqual([true, true])
  expect(asked).toHaveLength(1)
})

test.each([1, 'true', null, undefined, [true], {}])('only yes is yes, and %j is not', async (answer) => {
  expect(await membersAnswering(answer).members.isMember(admin)).toBe(false)
})

test.each([
  ['cannot be reached', new OdooUnreachable('connect', { sent: false })],
  ['is slow', new OdooUnreachable('timeout', { sent: true })],
  ['fails', new OdooFault({ exceptionName: 'builtins.KeyError', message: 'x', arguments: [], context: {} })],
])('while Odoo %s nobody is a member, and the next call asks again', async (_what, failure) => {
  const { members } = membersAnswering(failure, true)
  await expect(members.isMember(admin)).rejects.toMatchObject({ code: 'admin.odoo_away', status: 503 })
  expect(await members.isMember(admin)).toBe(true)
})

test('a mistake of ours stays one', async () => {
  await expect(membersAnswering(new TypeError('x')).members.isMember(admin)).rejects.toThrow(TypeError)
})
