import { findNodeSetting, setNodeSetting } from '../../store/node-settings.ts'
import type { Handle } from '../../store/tables.ts'
import type { Node } from './node.ts'

const KEY = 'url'

/** Keeps where the gateway listens: a command may run with another environment than the gateway. */
export async function keepRunningUrl(handle: Handle, url: string): Promise<void> {
  await setNodeSetting(handle, KEY, url)
}

/** The public address of the gateway as it was last started; that of the settings where it never was. */
export async function runningUrl({ store, settings }: Pick<Node, 'store' | 'settings'>): Promise<string> {
  return (await findNodeSetting(store.db, KEY)) ?? settings.url
}
