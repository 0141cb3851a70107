import { expect, test } from 'vitest'
import { startGateway } from '../../harness/gateway-process.ts'
import { textAt } from '../../harness/json-reading.ts'
import { runSandboxCommand } from '../../harness/sandbox-process.ts'
import { canStartGateways } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
test.skipIf(!canStartGateways)('a database that Odoo does not have is named at the start', async () => {
  await using opened = new AsyncDisposableStack()
  const sandbox = opened.adopt(runSandboxCommand(['--port', '0', '--json']), async (it) => void (await it.stop()))
  await sandbox.printed(/\}\n$/)
  const ODOO_URL = textAt(JSON.parse(sandbox.stdout()), 'url')
  for (const [ODOO_DB, isMissing] of [
    ['nowhere', true],
    ['demo', false],
  ] as const) {
    const gateway = await startGateway({ env: { ODOO_URL, ODOO_DB } })
    await gateway.stop()
    const output = gateway.output()
    expect(output.includes('Warning: Odoo has no database of this name'), output).toBe(isMissing)
  }
})
