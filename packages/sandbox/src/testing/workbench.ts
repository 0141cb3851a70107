import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Sandbox, SandboxOptions } from '../index.ts'
import { type Client, signIn, startTestSandbox } from './client.ts'

/** What the tests of a file or a block work with. */
export type Workbench = {
  /** The sandbox, once tests run. */
  readonly sandbox: () => Sandbox
  /** The administrator, who may be taken apart before anybody has signed in. */
  readonly admin: Client
  /** Signs another user in. */
  readonly as: (login: string) => Promise<Client>
}

/** Starts a sandbox before the tests of a file or a block, and closes it behind them; see `startTestSandbox`. */
export function useSandbox(options: SandboxOptions = {}): Workbench {
  let sandbox: Sandbox | undefined
  let admin: Client | undefined
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The sandbox is there only while tests run')
    return part
  }
  beforeAll(async () => {
    sandbox = await startTestSandbox(options)
    admin = await signIn(sandbox, 'admin')
  })
  afterAll(() => started(sandbox).close())
  return {
    sandbox: () => started(sandbox),
    admin: {
      get sessionId() {
        return started(admin).sessionId
      },
      call: (...args) => started(admin).call(...args),
    },
    as: (login) => signIn(started(sandbox), login),
  }
}

/** A contact that tests may change: new for each of them, with two tags and two contacts below it. */
export type GoldenPartner = {
  readonly id: () => number
  /** Fields of one record, of the contact unless another is named. */
  readonly readOne: (fields: string[], id?: unknown, model?: string) => Promise<Record<string, unknown> | undefined>
  readonly write: (values: unknown, id?: unknown, model?: string) => Promise<unknown>
}

/** Makes the contact before each test of a file or a block. */
export function useGoldenPartner(user: Client): GoldenPartner {
  let partner = 0
  beforeEach(async () => {
    const children = ['K1', 'K2'].map((name) => [0, 0, { name }])
    const values = { name: 'Golden', category_id: [[6, 0, [1, 2]]], child_ids: children }
    partner = Number(await user.call('res.partner', 'create', [values]))
  })
  return {
    id: () => partner,
    async readOne(fields, id = partner, model = 'res.partner') {
      // `read` answers records as objects; a test that meets something else fails on it.
      const records = (await user.call(model, 'read', [[id], fields])) as Record<string, unknown>[]
      return records[0]
    },
    write: (values, id = partner, model = 'res.partner') => user.call(model, 'write', [[id], values]),
  }
}
