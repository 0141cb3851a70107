import { setTimeout as sleep } from 'node:timers/promises'
import { recordChange } from '../../administration/record-change.ts'
import { deleteSealingKeysOfOthers, listSealingKeys } from '../../store/sealing-keys.ts'
import { addSealingKey, copyKeysUnder } from '../../tokens/key-ring.ts'
import { pinMasterKey } from '../../tokens/master-key-check.ts'
import { resealAll } from '../../tokens/reseal.ts'
import { createSealer, deriveMasterKey, MASTER_SECRET_LENGTH_MIN } from '../../tokens/sealer.ts'
import { type AddCommands, BY, CommandError } from '../command-line/frame.ts'
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
    .requiredOption('--new-secret-file <file>', 'the file with the new GATEHOUSE_SECRET; "-" reads standard input')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nThen give every node the new secret and restart it, and run `gatehouse secret finish`.')
    .action((options: Options & { newSecretFile: string }) =>
      frame.onNode(options, async (node) => {
        const text = readNewSecret(options.newSecretFile)
        const { store, random } = node
        const newMaster = createSealer({ masterKey: deriveMasterKey(text), random })
        if (newMaster.keyId === node.master.keyId)
          throw new CommandError('This is the master key already: give another.')
        // As long as the master key seals values itself, they could be opened with it alone.
        if (node.sealer.keyId === node.master.keyId) await rotate(node)
        const copied = await copyKeysUnder(newMaster, { ...node, store })
        const inFile = node.settings.secret === undefined
        await recordChange(store.db, { ...BY_COMMAND, action: 'changing', name: newMaster.keyId }, node)
        if (inFile) replaceMasterKeyFile(node.settings, text)
        const next = inFile
          ? 'The master key file holds it: restart the gateway, then run `gatehouse secret finish`.'
          : 'Set GATEHOUSE_SECRET to it on every node and restart them, then run `gatehouse secret finish` with it.'
        return {
          json: { master: newMaster.keyId, keys: copied },
          text: `The store opens with the new master key, too. ${next}`,
        }
      }),
    )
  secret
    .command('finish')
    .description('let go of every other master key: run it when all nodes have the new one')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async ({ store, master, clock, random }) => {
        const removed = await store.transaction(async (tx) => {
          await pinMasterKey(tx, master)
          await recordChange(tx, { ...BY_COMMAND, action: 'changed', name: master.keyId }, { clock, random })
          return deleteSealingKeysOfOthers(tx, master.keyId)
        })
        return {
          json: { master: master.keyId, removed },
          text: `Only the master key ${master.keyId} opens the store now.`,
        }
      }),
    )
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
