import type { RecordValues } from '@odoo-gatehouse/odoo/schema'
import type { Place, Planning } from './planning.ts'
import type { WriteNotes } from './write-notes.ts'

/** A write that is being planned: by whom, what was noted so far, and how deep in the values it stands. */
export type Writing = {
  readonly planning: Planning
  readonly notes: WriteNotes
  /** 1 for the records that the request names, 2 for those in their x2many values, … */
  readonly depth: number
}

/** Which records the values are for: a new one, or these. */
export type WriteTarget = { readonly kind: 'create' } | { readonly kind: 'update'; readonly ids: readonly number[] }

/** Plans the values of related records; the planner of values itself, handed to the planner of commands. */
export type PlanRelatedValues = (place: Place, target: WriteTarget, values: RecordValues) => RecordValues
