import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gateway } from './gateway-process.ts'
import { type JsonMembers, objectOf, textAt } from './json-reading.ts'

/** Where a gateway on its own sandbox writes down how to try it. */
export function demoCredentialsFile({ dataDir }: Pick<Gateway, 'dataDir'>): string {
  return join(dataDir, 'demo-credentials.json')
}

/** What a gateway on its own sandbox has written there. */
export function demoCredentials(gateway: Pick<Gateway, 'dataDir'>): JsonMembers {
  return objectOf(JSON.parse(readFileSync(demoCredentialsFile(gateway), 'utf8')))
}

/** Where the sandbox of a gateway listens. */
export function sandboxUrlOf(gateway: Pick<Gateway, 'dataDir'>): string {
  return textAt(demoCredentials(gateway), 'sandbox_url')
}
