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
}

/**
 * Starts the look-alike alone and tells how to use it. It is loaded only here, as in the demo of the gateway.
 *
 * @throws StartError: one sentence that says what to do
 */
export async function runSandbox(
  given: SandboxArguments,
  { print, warn }: SandboxProcess,
): Promise<{ stop(): Promise<void> }> {
  const startedAt = performance.now()
  const { SANDBOX_USERS, startSandbox } = await import('@odoo-gatehouse/sandbox')
  const { odoo, host, file, database, faults = false } = given
  const port = given.port ?? 8000 + odoo
  if (file !== undefined) claimFile(file)
  try {
    const onMistake = (error: unknown) => warn(`gatehouse sandbox: ${describeMistake(error)}`)
    const running = await startSandbox({
      odooVersion: odoo,
      host,
      port,
      database,
      faults,
      onMistake,
      ...(file === undefined ? {} : { file }),
    })
    const startedInMs = Math.round(performance.now() - startedAt)
    const told = { ...running, odoo, users: SANDBOX_USERS, file, faults, startedInMs }
    print(given.json ? sandboxAsJson(told) : introduceSandbox(told))
    return { stop: () => running.close() }
  } catch (cause) {
    throw sandboxStartError(cause, { host, port, file })
  }
}
