import type { TestProject } from 'vitest/node'
import { startGateway } from './gateway-process.ts'
import { odooSettings, sandboxSettings } from './settings.ts'
import type { Login, Target } from './target.ts'

/**
 * Finds or starts the gateway that a run tests, tells the suites, and ends it.
 *
 * - `GATEHOUSE_TEST_URL` set: that gateway, with `GATEHOUSE_TEST_DB` (default `demo`), `GATEHOUSE_TEST_PUBLIC_URL`
 *   (default the same URL), `GATEHOUSE_TEST_{ADMIN,DEMO,PORTAL}` = `login:password` (default both alike), and
 *   `GATEHOUSE_TEST_SETTINGS=1` when it runs with the settings that `print-settings.ts` prints.
 * - Project `odoo`: one in front of `ODOO_URL`, `ODOO_DB`.
 * - Else one on the embedded sandbox, which speaks as `GATEHOUSE_SANDBOX_ODOO` says.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.GATEHOUSE_TEST_URL
  if (given) {
    project.provide('gatehouse', external(given.replace(/\/+$/, '')))
    return async () => {}
  }
  const upstream: Record<string, string> = project.name === 'odoo' ? realOdoo() : sandboxVersion()
  const settings = upstream.ODOO_DB ? odooSettings(upstream.ODOO_DB) : sandboxSettings()
  const gateway = await startGateway({ settings, env: upstream })
  project.provide('gatehouse', {
    kind: project.name === 'odoo' ? 'odoo' : 'sandbox',
    url: gateway.url,
    publicUrl: gateway.url,
    database: upstream.ODOO_DB ?? 'demo',
    users: users(),
    hasExtraApis: true,
    upstream,
  })
  return async () => {
    const ending = gateway.ending()
    await gateway.stop()
    if (ending !== undefined)
      throw new Error(`the gateway ended during the run (${ending}):\n${gateway.output().slice(-4_000)}`)
  }
}

function external(url: string): Target {
  return {
    kind: 'external',
    url,
    publicUrl: process.env.GATEHOUSE_TEST_PUBLIC_URL ?? url,
    database: process.env.GATEHOUSE_TEST_DB ?? 'demo',
    users: users(),
    hasExtraApis: process.env.GATEHOUSE_TEST_SETTINGS === '1',
    upstream: {},
  }
}

function realOdoo(): Record<string, string> {
  const { ODOO_URL, ODOO_DB } = process.env
  if (!ODOO_URL || !ODOO_DB) {
    throw new Error('Set ODOO_URL and ODOO_DB to an Odoo with demo data: these suites run against a real one.')
  }
  return { ODOO_URL, ODOO_DB }
}

function sandboxVersion(): Record<string, string> {
  const { GATEHOUSE_SANDBOX_ODOO } = process.env
  return GATEHOUSE_SANDBOX_ODOO ? { GATEHOUSE_SANDBOX_ODOO } : {}
}

function users(): Target['users'] {
  return { admin: userOf('admin'), demo: userOf('demo'), portal: userOf('portal') }
}

function userOf(name: string): Login {
  const given = process.env[`GATEHOUSE_TEST_${name.toUpperCase()}`] ?? `${name}:${name}`
  const at = given.indexOf(':')
  return { login: given.slice(0, at), password: given.slice(at + 1) }
}
