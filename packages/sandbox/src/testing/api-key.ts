import type { Sandbox } from '../index.ts'
import { signIn } from './client.ts'

type Action = { res_id: number; context: { default_key: string } }

/** An API key of a user of Odoo 19, made through the wizards as people make one; it lasts a day. */
export async function makeApiKey(sandbox: Sandbox, login: string): Promise<string> {
  const client = await signIn(sandbox, login)
  const wizard = await client.call('res.users.apikeys.description', 'create', [{ name: 'a key', duration: '1' }])
  const asked = (await client.call('res.users.apikeys.description', 'make_key', [[wizard]])) as Action
  const password = { context: { password: login } }
  const made = (await client.call('res.users.identitycheck', 'run_check', [[asked.res_id]], password)) as Action
  return made.context.default_key
}
