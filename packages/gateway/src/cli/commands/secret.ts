import { setTimeout as sleep } from 'node:timers/promises'
import { recordChange } from '../../administration/record-change.ts'
import { listRunningNodes } from '../../store/node-heartbeats.ts'
import { listSealingKeys } from '../../store/sealing-keys.ts'
import type { Handle } from '../../store/tables.ts'
import { addSealingKey } from '../../tokens/key-ring.ts'
import {
  beginMasterKeyChange,
  endMasterKeyChange,
  findMasterKeyChange,
  type MasterKeyChange,
} from '../../tokens/master-key-change.ts'
import { resealAll } from '../../tokens/reseal.ts'
import { createSealer, deriveMasterKey, MASTER_SECRET_LENGTH_MIN } from '../../tokens/sealer.ts'
import { type AddCommands, BY, type CommandAnswer, CommandError } from '../command-line/frame.ts'
import type { Node } from '../command-line/node.ts'
import { openProgress } from '../command-line/progress.ts'
import { readText } from '../command-line/read-text.ts'
import { table, timeText } from '../command-line/table.ts'
import { replaceMasterKeyFile } from '../master-key.ts'

const BY_COMMAND = { subject: 'master_key', by: BY } as const

type Options = { readonly json?: boolean }

/** `secret`: the keys that seal what is stored, and the master key that they are under. */
export const addSecretCommands: AddCommands = (program, frame) => {
  const secret = program.command('secret').description('the keys that seal what is stored, and the master key')
  secret
    .command('list')
    .description('every key that seals, and the master key that it is under')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async ({ store, sealer, master }) => {
        const keys = await listSealingKeys(store.db)
        const json = keys.map(({ id, masterId, createdAtMs, activeAtMs }) => ({
          id,
          masterId,
          createdAtMs,
          activeAtMs,
        }))
        const rows = keys.map(({ id, masterId, createdAtMs }) => [
          ...[id, id === sealer.keyId ? 'seals' : 'opens', timeText(createdAtMs)],
          masterId === master.keyId ? 'this' : `another (${masterId})`,
        ])
        const none = `The master key ${master.keyId} itself seals: \`gatehouse secret rotate\` makes a key beside it.`
        const text = table(['KEY ID', 'STATE', 'MADE', 'MASTER KEY'], rows, none)
        return { json: { master: master.keyId, seals: sealer.keyId, keys: json }, text }
      }),
    )
  secret
    .command('rotate')
    .description('make a new key and seal everything anew with it, while gateways go on working')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async (node) => {
        // A new key would be under one of the two master keys alone.
        const underWay = await findMasterKeyChange(node.store.db)
        if (underWay !== undefined) throw new CommandError(sentenceOf(underWay))
        const { id, counts } = await rotate(node)
        await recordChange(node.store.db, { ...BY_COMMAND, action: 'sealing key rotated', name: id }, node)
        const done = Object.values(counts).reduce((sum, one) => sum + one.done, 0)
        const unreadable = Object.values(counts).reduce((sum, one) => sum + one.unreadable, 0)
        const left = unreadable === 0 ? '' : ` ${unreadable} could not be opened and stay as they are.`
        return {
          json: { key: id, sealedAnew: counts },
          text: `The key ${id} seals now: ${done} values sealed anew.${left}`,
        }
      }),
    )
  secret
    .command('change')
    .description('let the store be opened with a new master key, too')
    .option('--new-secret-file <file>', 'the file with the new GATEHOUSE_SECRET; "-" reads standard input')
    .option('--abort', 'give up a change that is under way, and keep the master key that was there before')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nThen give every node the new secret and restart it, and run `gatehouse secret finish`.')
    .action(({ newSecretFile, abort, ...options }: Options & { newSecretFile?: string; abort?: boolean }) =>
      frame.onNode(options, async (node) => {
        if (newSecretFile !== undefined && !abort) return change(node, readNewSecret(newSecretFile))
        if (newSecretFile === undefined && abort) return giveUp(node)
        throw new CommandError('Say either --new-secret-file FILE or --abort.')
      }),
    )
  secret
    .command('finish')
    .description('let go of the master key before: run it with the new one, when all nodes have that')
    .option('--json', 'answer JSON')
    .action((options: Options) => frame.onNode(options, finish))
}

async function change(node: Node, text: string): Promise<CommandAnswer> {
  const { store, random, master, settings } = node
  const newMaster = createSealer({ masterKey: deriveMasterKey(text), random })
  if (newMaster.keyId === master.keyId) throw new CommandError('This is the master key already: give another.')
  const underWay = await findMasterKeyChange(store.db)
  // The same change once more is fine: the first run may have been cut off.
  if (underWay !== undefined && underWay.toId !== newMaster.keyId) throw new CommandError(sentenceOf(underWay))
  // As long as the master key seals values itself, they could be opened with it alone.
  if (node.sealer.keyId === master.keyId) await rotate(node)
  const keys = await store.transaction(async (tx) => {
    await recordChange(tx, { ...BY_COMMAND, action: 'changing', name: newMaster.keyId }, node)
    return beginMasterKeyChange(tx, master, newMaster)
  })
  const inFile = settings.secret === undefined
  if (inFile) replaceMasterKeyFile(settings, text)
  const next = inFile
    ? 'The master key file holds it: restart the gateway, then run `gatehouse secret finish`.'
    : 'Set GATEHOUSE_SECRET to it on every node and restart them, then run `gatehouse secret finish` with it.'
  return {
    json: { master: newMaster.keyId, keys },
    text: `The store opens with the new master key, too. ${next}`,
  }
}

async function finish(node: Node): Promise<CommandAnswer> {
  const { store, master, clock, random } = node
  const removed = await store.transaction(async (tx) => {
    const { toId } = await requireChange(tx)
    if (toId !== master.keyId) {
      throw new CommandError(
        `The master key here is ${master.keyId}, and the one to change to is ${toId}: run this with the new GATEHOUSE_SECRET, or keep the old one with \`gatehouse secret change --abort\`.`,
      )
    }
    await requireNoNodeOfAnother(tx, node)
    await recordChange(tx, { ...BY_COMMAND, action: 'changed', name: master.keyId }, { clock, random })
    return endMasterKeyChange(tx, master)
  })
  return {
    json: { master: master.keyId, removed },
    text: `Only the master key ${master.keyId} opens the store now.`,
  }
}

async function giveUp(node: Node): Promise<CommandAnswer> {
  const { store, master, clock, random } = node
  const removed = await store.transaction(async (tx) => {
    const { fromId } = await requireChange(tx)
    if (fromId !== master.keyId) {
      throw new CommandError(
        `The master key here is ${master.keyId}, and the one before was ${fromId}: run this with that one, or go on with \`gatehouse secret finish\`.`,
      )
    }
    await requireNoNodeOfAnother(tx, node)
    await recordChange(tx, { ...BY_COMMAND, action: 'change given up', name: master.keyId }, { clock, random })
    return endMasterKeyChange(tx, master)
  })
  return {
    json: { master: master.keyId, removed },
    text: `The change is given up: only the master key ${master.keyId} opens the store.`,
  }
}

/** A gateway that goes on with the other key could open nothing that is sealed from then on, nor start again. */
async function requireNoNodeOfAnother(tx: Handle, { master, clock }: Node): Promise<void> {
  const others = (await listRunningNodes(tx, clock.nowMs())).filter(({ masterId }) => masterId !== master.keyId)
  if (others.length === 0) return
  const who = others.length === 1 ? '1 gateway runs' : `${others.length} gateways run`
  throw new CommandError(
    `${who} with another master key: restart each with the one of here, then try again (one that was killed counts for 90 seconds more).`,
  )
}

async function requireChange(tx: Handle): Promise<MasterKeyChange> {
  const underWay = await findMasterKeyChange(tx)
  if (underWay !== undefined) return underWay
  throw new CommandError('The master key is not being changed: `gatehouse secret change` begins it.')
}

function sentenceOf({ toId }: MasterKeyChange): string {
  return `The master key is being changed to ${toId}: run \`gatehouse secret finish\` with that one first, or \`gatehouse secret change --abort\`.`
}

/** Adds a key, waits until every node knows it, and seals everything anew. */
async function rotate(node: Node) {
  const progress = openProgress()
  const { id, activeAtMs } = await addSealingKey(node)
  progress.say('waiting until every node knows the new key')
  await sleep(Math.max(0, activeAtMs - node.clock.nowMs()))
  await node.sealer.reload()
  const counts = await resealAll(node.store, node.sealer, (done) => progress.say(`sealed anew: ${done}`))
  progress.end()
  return { id, counts }
}

function readNewSecret(file: string): string {
  const text = readText(file).trim()
  if (text.length < MASTER_SECRET_LENGTH_MIN) {
    throw new CommandError(`The new secret must have at least ${MASTER_SECRET_LENGTH_MIN} characters.`)
  }
  return text
}
