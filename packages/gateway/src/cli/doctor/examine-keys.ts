import type { Settings } from '../../config/settings.ts'
import { listRunningNodes } from '../../store/node-heartbeats.ts'
import { listSealingKeys } from '../../store/sealing-keys.ts'
import { listSigningKeys } from '../../store/signing-keys.ts'
import { SIGNING_ALGORITHM } from '../../tokens/make-signing-key.ts'
import type { Installation } from '../open-installation.ts'
import { type Finding, findingsAbout } from './finding.ts'

const { ok, warning, unknown } = findingsAbout('keys')

const DAY_MS = 86_400_000

/** A key of this age should have been followed by another a day ago. */
const GRACE_DAYS = 1

/** How old the keys are, and whether one is left behind. */
export async function examineKeys(
  { store, sealer, master }: Installation,
  { tokens }: Settings,
  nowMs: number,
): Promise<readonly Finding[]> {
  const pairs = (await listSigningKeys(store.db)).filter(({ algorithm }) => algorithm === SIGNING_ALGORITHM)
  const sealing = await listSealingKeys(store.db)
  const [signing] = pairs
  const ageDays = signing === undefined ? undefined : Math.floor((nowMs - signing.createdAtMs) / DAY_MS)
  const isLate = ageDays !== undefined && ageDays > tokens.signingKeyMaxAgeDays + GRACE_DAYS
  const nodes = await listRunningNodes(store.db, nowMs)
  const apart = nodes.filter(({ masterId }) => masterId !== master.keyId).length
  const others = new Set(sealing.map(({ masterId }) => masterId).filter((id) => id !== master.keyId))
  const newest = sealing.find(({ id }) => id === sealer.keyId)
  return [
    ageDays === undefined
      ? unknown('There is no signing key yet: the first start makes one.')
      : isLate
        ? warning(`The signing key is ${ageDays} days old.`, {
            why: `A running gateway makes a new one after ${tokens.signingKeyMaxAgeDays} days: it does not run, or cannot.`,
            next: 'Start the gateway, or run `gatehouse signing-key rotate`.',
          })
        : ok(`The signing key is ${ageDays} days old; ${pairs.length} keys verify.`),
    newest === undefined
      ? ok('The master key itself seals; `gatehouse secret rotate` puts a key of its own beside it.')
      : ok(`The key that seals is ${Math.floor((nowMs - newest.createdAtMs) / DAY_MS)} days old.`),
    apart === 0
      ? ok(`${nodes.length === 1 ? '1 gateway runs' : `${nodes.length} gateways run`} on this store.`)
      : warning(`Of ${nodes.length} gateways that run on this store, ${apart} have another master key than this one.`, {
          why: 'When a change of the master key is finished, or given up, they can open nothing more.',
          next: 'Give each the same GATEHOUSE_SECRET and restart it.',
        }),
    ...(others.size === 0
      ? []
      : [
          warning(`The store opens with another master key, too (${[...others].join(', ')}).`, {
            why: 'A change of the master key was begun and not finished.',
            next: 'When every node has the new one: `gatehouse secret finish`.',
          }),
        ]),
  ]
}
