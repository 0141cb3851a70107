import type { Migration } from 'kysely/migration'
import { firstSchema } from './0001-first-schema.ts'
import { administration } from './0002-administration.ts'

/**
 * Every migration by its name, in the order of their numbers. One that was released is never changed, because stores
 * that ran it would differ from those that did not: a change is a new number.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-schema': firstSchema,
  '0002-administration': administration,
}
