import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

/** Tells the tests of the store which PostgreSQL to use: the one of `TEST_DATABASE_URL`, else one of its own. */
export default async function setup(project: TestProject): Promise<() => void> {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined) {
    project.provide('postgres', given)
    return () => undefined
  }
  const postgres = await startPostgres()
  project.provide('postgres', postgres.url)
  return () => postgres.remove()
}
