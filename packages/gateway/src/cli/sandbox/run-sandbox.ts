import type { MissingMethod } from '@odoo-gatehouse/sandbox'
import { describeMistake } from './describe-mistake.ts'
import { introduceSandbox, sandboxAsJson } from './introduce-sandbox.ts'
import { claimFile } from './records-file.ts'
import type { SandboxArguments } from './sandbox-options.ts'
import { sandboxStartError } from './start-failure.ts'

/** What the command needs of its process. */
export type SandboxProcess = {
  readonly print: (text: string) => void
  /** Takes a line for standard error, without its end. */
  readonly warn: (line: string) => void
  /** Is handed what runs, before anybody is told that it runs. */
  readonly stopOnSignal: (running: { stop(): Promise<void> }) => void
}

/**
 * Starts the look-alike alone and tells how to use it. It is loaded only here, as in the demo of the gateway.
 *
 * @throws StartError: one sentence that says what to do
 */
export async function runSandbox(
  given: SandboxArguments,
  { print, warn, stopOnSignal }: SandboxProcess,
): Promise<void> {
  const startedAt = performance.now()
  const { SANDBOX_USERS, startSandbox } = await import('@odoo-gatehouse/sandbox')
  const { odoo, host, file, database, faults = false } = given
  const port = given.port ?? 8000 + odoo
  if (file !== undefined) claimFile(file)
  try {
    const onMistake = (error: unknown) => warn(`gatehouse sandbox: ${describeMistake(error)}`)
    const onMissing = (missing: MissingMethod) => warn(`gatehouse sandbox: ${describeMissing(missing)}`)
    const running = await startSandbox({
      odooVersion: odoo,
      host,
      port,
      database,
      faults,
      onMistake,
      onMissing,
      ...(file === undefined ? {} : { file }),
    })
    const startedInMs = Math.round(performance.now() - startedAt)
    const told = { ...running, odoo, users: SANDBOX_USERS, file, faults, startedInMs }
    stopOnSignal({ stop: () => running.close() })
    print(given.json ? sandboxAsJson(told) : introduceSandbox(told))
  } catch (cause) {
    throw sandboxStartError(cause, { host, port, file })
  }
}

/** Its client was told what Odoo tells of a method that nobody has. */
function describeMissing({ odooVersion, model, method }: MissingMethod): string {
  return `Odoo ${odooVersion} has ${model}.${method}, the sandbox has not (docs/sandbox-gaps.md lists what else)`
}
