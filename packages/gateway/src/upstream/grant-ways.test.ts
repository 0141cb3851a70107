import { OdooFault, OdooKeyAccess, OdooKeyRefused, OdooSession } from '@odoo-gatehouse/odoo/client'
import { expect, test } from 'vitest'
import { insertGrant } from '../store/grants.ts'
import { insertOdooSession } from '../store/odoo-sessions.ts'
import { sampleGrant, sampleOdooSession } from '../store/testing/records.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { createGrantWays } from './grant-ways.ts'
import { scriptedOdoo, sessionIdOf } from './testing/scripted-odoo.ts'

const { transport } = scriptedOdoo().databases.get('demo')
const sessionOf = (name: string) =>
  new OdooSession(transport, { sessionId: sessionIdOf(name), onSessionId: async () => {} })
const [own, newer, ofVault, again] = ['own', 'newer', 'vault', 'again'].map(sessionOf)
const key = new OdooKeyAccess(transport, { database: 'demo', uid: 6, login: 'demo', key: 'k', json2: true })

const ended = new OdooFault({
  exceptionName: 'odoo.http.SessionExpiredException',
  message: '',
  arguments: [],
  context: {},
})
const denied = new OdooFault({ exceptionName: 'odoo.exceptions.AccessError', message: '', arguments: [], context: {} })

/** A grant with a session of its own, and one with a credential. */
async function openDesk({ hasNewer = false } = {}) {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  await insertOdooSession(store.db, sampleOdooSession())
  await insertGrant(store.db, sampleGrant({ id: 'gr_session', odooSessionId: 'os_sample' }))
  await insertGrant(store.db, sampleGrant({ id: 'gr_key', odooCredentialId: 'oc_sample' }))
  await insertGrant(store.db, sampleGrant({ id: 'gr_neither' }))
  const endedGrants: string[] = []
  const ways = createGrantWays({
    store,
    sessions: { get: async () => own, newerThan: async () => (hasNewer ? newer : undefined) },
    vault: {
      wayOf: async (id) => (id === 'oc_sample' ? (ofVault ?? key) : key),
      sessionInPlaceOf: async () => again ?? key,
      refusedKey: async () => new Error('the vault says no'),
    },
    endGrant: async (grantId, reason) => void endedGrants.push(`${grantId} ${reason}`),
  })
  return Object.assign(temporary, { ways, endedGrants })
}

test('a sign-in goes by its session, a key by what the vault holds, and nothing by nothing', async () => {
  await using desk = await openDesk()
  expect(await desk.ways.behind('gr_session')).toBe(own)
  expect(await desk.ways.behind('gr_key')).toBe(ofVault)
  for (const grantId of ['gr_neither', 'gr_unknown'])
    await expect(desk.ways.behind(grantId)).rejects.toMatchObject({ code: 'session.expired' })
})

test('a session that has ended makes way for a newer one, or ends its grant', async () => {
  await using first = await openDesk({ hasNewer: true })
  expect(await first.ways.insteadOf('gr_session', sessionOf('own'), ended)).toBe(newer)
  expect(first.endedGrants).toEqual([])
  await using second = await openDesk()
  const refused = second.ways.insteadOf('gr_session', sessionOf('own'), ended)
  await expect(refused).rejects.toMatchObject({ code: 'session.expired', status: 401 })
  expect(second.endedGrants).toEqual(['gr_session odoo_session_expired'])
})

test('the session of a key makes way for another of the vault, and its grant lives on', async () => {
  await using desk = await openDesk()
  expect(await desk.ways.insteadOf('gr_key', sessionOf('vault'), ended)).toBe(again)
  expect(desk.endedGrants).toEqual([])
})

test('an API key of Odoo that was refused is told by the vault', async () => {
  await using desk = await openDesk()
  await expect(desk.ways.insteadOf('gr_key', key, new OdooKeyRefused('denied'))).rejects.toThrow('the vault says no')
})

test('a call that Odoo refused is not sent another way', async () => {
  await using desk = await openDesk({ hasNewer: true })
  expect(await desk.ways.insteadOf('gr_session', sessionOf('own'), denied)).toBeUndefined()
  expect(await desk.ways.insteadOf('gr_key', key, denied)).toBeUndefined()
})
